/* SPDX-License-Identifier: MIT */
/*
 * dmf-wpp: the .tmh file. It includes the runtime's trace header and has one macro per function of the configuration.
 */
#include "wpp.h"

#include <stdlib.h>
#include <string.h>

/* The macros of a source whose project has no configuration block: the ones that DMF's own sources use. */
static const char *const default_functions[] = {
    "FUNC TraceEvents(LEVEL, FLAGS, MSG, ...)",
    "FUNC TraceInformation{LEVEL=TRACE_LEVEL_INFORMATION}(FLAGS, MSG, ...)",
    "FUNC TraceVerbose{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS, MSG, ...)",
    "FUNC TraceError{LEVEL=TRACE_LEVEL_ERROR}(FLAGS, MSG, ...)",
    "FUNC TraceWarning{LEVEL=TRACE_LEVEL_WARNING}(FLAGS, MSG, ...)",
    "FUNC Trace{FLAGS=MYDRIVER_ALL_INFO}(LEVEL, MSG, ...)",
    "FUNC FuncEntry{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS)",
    "FUNC FuncEntryArguments{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS, MSG, ...)",
    "FUNC FuncExit{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS, MSG, ...)",
    "FUNC FuncExitVoid{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS)",
    "FUNC FuncExitNoReturn{LEVEL=TRACE_LEVEL_VERBOSE}(FLAGS)",
    "FUNC LogEvents(IFRLOG, LEVEL, FLAGS, MSG, ...)",
    "USEPREFIX(FuncEntry, \"--> %!FUNC!\")",
    "USEPREFIX(FuncEntryArguments, \"--> %!FUNC! \")",
    "USEPREFIX(FuncExit, \"<-- %!FUNC! \")",
    "USEPREFIX(FuncExitVoid, \"<-- %!FUNC!\")",
    "USEPREFIX(FuncExitNoReturn, \"<-- %!FUNC!\")",
};

static const char *find_fixed(const struct wpp_function *function, const char *name)
{
    for (size_t index = 0; index < function->fixed.count; index++)
    {
        if (strcmp(function->fixed.items[index].name, name) == 0)
        {
            return function->fixed.items[index].value;
        }
    }
    return NULL;
}

static bool has_parameter(const struct wpp_function *function, const char *name)
{
    for (size_t index = 0; index < function->parameters.count; index++)
    {
        if (strcmp(function->parameters.items[index], name) == 0)
        {
            return true;
        }
    }
    return false;
}

/* A value comes from the parameter of that name, else from the braces, else from the rule of WPP that is `otherwise`. */
static const char *choose(const struct wpp_function *function, const char *name, const char *otherwise)
{
    if (has_parameter(function, name))
    {
        return name;
    }
    const char *fixed = find_fixed(function, name);
    return fixed != NULL ? fixed : otherwise;
}

static void put_quoted(FILE *file, const char *text)
{
    fputc('"', file);
    for (; *text != '\0'; text++)
    {
        if (*text == '"' || *text == '\\')
        {
            fputc('\\', file);
        }
        fputc(*text, file);
    }
    fputc('"', file);
}

/* The flags are never evaluated: their name is what a reader of the trace wants. */
static void put_flags(FILE *file, const struct wpp_function *function)
{
    static const char *const names[] = {"FLAGS", "FLAG", "COMPID"};
    for (size_t index = 0; index < sizeof(names) / sizeof(names[0]); index++)
    {
        if (has_parameter(function, names[index]))
        {
            fprintf(file, "#%s", names[index]);
            return;
        }
        if (find_fixed(function, names[index]) != NULL)
        {
            put_quoted(file, find_fixed(function, names[index]));
            return;
        }
    }
    fputs("\"\"", file);
}

static void put_parameters(FILE *file, const struct wpp_function *function, size_t first, size_t end)
{
    for (size_t index = first; index < end; index++)
    {
        fprintf(file, "%s, ", function->parameters.items[index]);
    }
}

/* MSG is always followed by any number of arguments, whatever the configuration says. */
static void put_body(FILE *file, const struct wpp_function *function)
{
    const char *log = choose(function, "IFRLOG", NULL);
    fprintf(file, log != NULL ? " DMF_TRACE_CALL(DMF_TRACE_LOG(%s), " : " DMF_TRACE_CALL(0, ", log);
    fprintf(file, "%s, ", choose(function, "LEVEL", "TRACE_LEVEL_INFORMATION"));
    put_flags(file, function);
    fprintf(file, ", \"\" %s %s %s%s", function->prefix, has_parameter(function, "MSG") ? "MSG" : "", function->suffix,
            function->prefix_arguments);
    if (has_parameter(function, "MSG"))
    {
        fputs(", ##__VA_ARGS__", file);
    }
    fprintf(file, "%s)\n", function->suffix_arguments);
}

static void put_function(FILE *file, const struct wpp_function *function)
{
    fprintf(file, "\n#undef %s\n", function->name);
    if (!function->has_inner)
    {
        fprintf(file, "#define %s(", function->name);
        put_parameters(file, function, 0, function->parameters.count);
        fputs("...)", file);
        put_body(file, function);
        return;
    }
    fprintf(file, "#define %s(", function->name);
    put_parameters(file, function, 0, function->inner);
    fprintf(file, "DMF_TRACE_LIST) DMF_TRACE_APPLY(DMF_TRACE_INNER_%s, ", function->name);
    put_parameters(file, function, 0, function->inner);
    fputs("DMF_TRACE_UNPACK DMF_TRACE_LIST)\n", file);
    fprintf(file, "#undef DMF_TRACE_INNER_%s\n#define DMF_TRACE_INNER_%s(", function->name, function->name);
    put_parameters(file, function, 0, function->parameters.count);
    fputs("...)", file);
    put_body(file, function);
}

static void put_types(FILE *file, const struct wpp_config *config)
{
    fputs("\n#undef DMF_TRACE_TYPES\n", file);
    if (config->types.count == 0)
    {
        fputs("#define DMF_TRACE_TYPES 0\n", file);
        return;
    }
    for (size_t index = 0; index < config->types.count; index++)
    {
        const struct wpp_type *type = &config->types.items[index];
        if (type->values.count == 0)
        {
            continue;
        }
        fprintf(file, "static const char *const dmf_trace_values_%s_%zu[] = { ", type->name, index);
        for (size_t value = 0; value < type->values.count; value++)
        {
            put_quoted(file, type->values.items[value]);
            fputs(", ", file);
        }
        fputs("};\n", file);
    }
    fputs("static const struct dmf_trace_type dmf_trace_types[] __attribute__((unused)) = {\n", file);
    for (size_t index = 0; index < config->types.count; index++)
    {
        const struct wpp_type *type = &config->types.items[index];
        if (type->values.count != 0)
        {
            fprintf(file, "    { \"%s\", dmf_trace_values_%s_%zu, %zu },\n", type->name, type->name, index,
                    type->values.count);
        }
    }
    fputs("    { 0, 0, 0 },\n};\n#define DMF_TRACE_TYPES dmf_trace_types\n", file);
}

static void put_functions(FILE *file, const struct wpp_config *config)
{
    for (size_t index = 0; index < config->functions.count; index++)
    {
        put_function(file, &config->functions.items[index]);
    }
}

static void put_default_functions(FILE *file)
{
    struct wpp_config defaults = {0};
    for (size_t index = 0; index < sizeof(default_functions) / sizeof(default_functions[0]); index++)
    {
        struct wpp_directive directive = {.file = "defaults", .line = 1, .text = default_functions[index]};
        config_add_directive(&defaults, &directive);
    }
    config_finish(&defaults);
    put_functions(file, &defaults);
}

char *tmh_compose(const struct wpp_config *config, const char *source, size_t *ret_length)
{
    char *text = NULL;
    FILE *file = open_memstream(&text, ret_length);
    if (file == NULL)
    {
        return NULL;
    }
    const char *name = strrchr(source, '/');
    fprintf(file, "/* Trace macros of %s, written by dmf-wpp. Do not edit. */\n", name != NULL ? name + 1 : source);
    fputs("#include <dmf_trace.h>\n", file);
    put_types(file, config);
    if (config->functions.count == 0)
    {
        put_default_functions(file);
    }
    else
    {
        put_functions(file, config);
    }
    fputs("\n#ifndef DoTraceMessage\n#define DoTraceMessage(FLAG, MSG, ...) "
          "DMF_TRACE_CALL(0, TRACE_LEVEL_INFORMATION, #FLAG, MSG, ##__VA_ARGS__)\n#endif\n",
          file);
    fclose(file);
    char *kept = wpp_copy(text, *ret_length);
    free(text);
    return kept;
}
