/* SPDX-License-Identifier: MIT */
/*
 * What objs.c says about GStreamer, declared so that the rest of it compiles without that library.
 */
#ifndef BENCH_SUBSTITUTE_GST_H
#define BENCH_SUBSTITUTE_GST_H

typedef struct GstElement GstElement;
typedef struct GstBin GstBin;

enum
{
    GST_STATE_NULL = 1,
    GST_STATE_READY = 2,
};

#define GST_BIN(element) ((GstBin *)(element))

void gst_init(int *count, char ***words);
GstElement *gst_pipeline_new(const char *name);
GstElement *gst_bin_new(const char *name);
GstElement *gst_element_factory_make(const char *factory, const char *name);
int gst_bin_add(GstBin *bin, GstElement *element);
int gst_element_link(GstElement *source, GstElement *destination);
int gst_element_set_state(GstElement *element, int state);
void gst_object_unref(void *object);

#endif /* BENCH_SUBSTITUTE_GST_H */
