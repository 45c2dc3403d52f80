/* SPDX-License-Identifier: MIT */
/*
 * Rule V18: buffers that a driver still uses when their request is completed.
 */
#include <string.h>

#include "request_case.h"

static UCHAR *kept;
static UCHAR seen[4];

/* Finds the output where the kind of transfer has it, answers "abc", and keeps the address. */
static void answer(WDFREQUEST request)
{
    void *output;

    CHECK_STATUS(WdfRequestRetrieveOutputBuffer(request, 3, &output, NULL), STATUS_SUCCESS);
    kept = output;
    memcpy(kept, "abc", 3);
    WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, 3);
}

static void answer_and_touch(WDFREQUEST request)
{
    answer(request);
    kept[1] = 'x';
}

static void answer_and_look(WDFREQUEST request)
{
    answer(request);
    seen[0] = kept[1];
}

static void ask(ULONG code)
{
    char output[4] = "";

    CHECK_STATUS(testkit_control(file, code, "in", 2, output, 3, NULL), STATUS_SUCCESS);
    CHECK(strcmp(output, "abc") == 0);
}

static void touched_at_level_full(ULONG code)
{
    wdf_case_verify(TESTKIT_VERIFIER_FULL);
    begin(WdfDeviceIoBuffered, answer_and_touch);
    ask(code);
    BREAKS(V18, kept, "WdfRequestComplete", end(1));
}

static void v18_buffer_is_written_after_the_completion(void)
{
    touched_at_level_full(BUFFERED_CODE);
}

static void v18_memory_of_the_sender_is_written_after_the_completion(void)
{
    touched_at_level_full(OUT_DIRECT_CODE);
}

static void v18_silent_buffer_is_written_before_the_completion(void)
{
    wdf_case_verify(TESTKIT_VERIFIER_FULL);
    begin(WdfDeviceIoBuffered, answer);
    SILENT(V18, ask(BUFFERED_CODE));
    SILENT(V18, ask(OUT_DIRECT_CODE));
    CHECK_EQUAL(kept[0], 0xDD);
    end(2);
}

static void buffer_that_leaves_the_quarantine_is_looked_at(void)
{
    wdf_case_verify(TESTKIT_VERIFIER_FULL);
    begin(WdfDeviceIoBuffered, answer_and_touch);
    ask(BUFFERED_CODE);
    asked.handle = answer;
    wdf_case_expect("V18");
    for (unsigned count = 0; count < 1023; count++)
    {
        ask(BUFFERED_CODE);
    }
    wdf_case_reported(__FILE__, __LINE__, NULL, "", 0);
    BREAKS(V18, WDF_CASE_ANY, "WdfRequestComplete", ask(BUFFERED_CODE));
    end(1025);
}

static void v18_stops_a_look_at_a_page_after_the_completion(void)
{
    wdf_case_verify(TESTKIT_VERIFIER_PAGE);
    begin(WdfDeviceIoBuffered, answer_and_look);
    ask(BUFFERED_CODE);
}

static void look_behind(WDFREQUEST request)
{
    void *output;

    CHECK_STATUS(WdfRequestRetrieveOutputBuffer(request, 16, &output, NULL), STATUS_SUCCESS);
    seen[0] = ((volatile UCHAR *)output)[16];
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void page_behind_the_buffer_stops(void)
{
    char output[16];

    wdf_case_verify(TESTKIT_VERIFIER_PAGE);
    begin(WdfDeviceIoBuffered, look_behind);
    (void)testkit_control(file, BUFFERED_CODE, NULL, 0, output, sizeof(output), NULL);
}

static void v18_silent_pages_are_used_before_the_completion(void)
{
    char output[3];
    uint64_t length;

    wdf_case_verify(TESTKIT_VERIFIER_PAGE);
    begin(WdfDeviceIoDirect, answer);
    SILENT(V18, ask(BUFFERED_CODE));
    SILENT(V18, ask(OUT_DIRECT_CODE));
    CHECK_STATUS(testkit_read(file, output, sizeof(output), &length), STATUS_SUCCESS);
    CHECK_EQUAL(length, 3);
    CHECK(memcmp(output, "abc", 3) == 0);
    end(3);
}

static void take_write(WDFREQUEST request)
{
    void *input;

    CHECK_STATUS(WdfRequestRetrieveInputBuffer(request, 3, &input, NULL), STATUS_SUCCESS);
    memcpy(seen, input, 3);
    WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, 3);
}

static void written_data_arrives(void)
{
    uint64_t length;

    wdf_case_verify(TESTKIT_VERIFIER_FULL);
    begin(WdfDeviceIoDirect, take_write);
    CHECK_STATUS(testkit_write(file, "uvw", 3, &length), STATUS_SUCCESS);
    CHECK(memcmp(seen, "uvw", 3) == 0);
    end(1);
}

const struct nt_case nt_cases[] = {
    CASE(v18_buffer_is_written_after_the_completion),
    CASE(v18_memory_of_the_sender_is_written_after_the_completion),
    CASE(v18_silent_buffer_is_written_before_the_completion),
    CASE(buffer_that_leaves_the_quarantine_is_looked_at),
    CASE(v18_silent_pages_are_used_before_the_completion),
    CASE(written_data_arrives),
    STOPS(v18_stops_a_look_at_a_page_after_the_completion, "rule V18"),
    STOPS(page_behind_the_buffer_stops, "SIGSEGV"),
    CASES_END,
};
