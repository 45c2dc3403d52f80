/* SPDX-License-Identifier: MIT */
/*
 * BranchTrack: check points against a list of counters, and what programs are told, with room of any size.
 */
#include "fuzz.h"

#define MOST_POINTS 5
#define NAME_SIZE 3
#define ANSWER_SIZE 1024

static DMFMODULE module;
static DMF_CONFIG_BranchTrack config;

struct point
{
    char name[NAME_SIZE];
    const char *hint;
    EVT_DMF_BranchTrack_StatusQuery *query;
    ULONG_PTR context;
    ULONGLONG count;
};

static struct
{
    struct point points[MOST_POINTS];
    ULONG count;
} model;

static bool passes(const struct point *point)
{
    if (point->query == DMF_BranchTrack_Helper_BranchStatusQuery_Count)
    {
        return point->count == point->context;
    }
    if (point->query == DMF_BranchTrack_Helper_BranchStatusQuery_MoreThan)
    {
        return point->count > point->context;
    }
    if (point->query == DMF_BranchTrack_Helper_BranchStatusQuery_LessThan)
    {
        return point->count < point->context;
    }
    return point->count >= point->context;
}

static void choose(struct point *point)
{
    static EVT_DMF_BranchTrack_StatusQuery *const queries[] = {
        DMF_BranchTrack_Helper_BranchStatusQuery_Count,
        DMF_BranchTrack_Helper_BranchStatusQuery_MoreThan,
        DMF_BranchTrack_Helper_BranchStatusQuery_LessThan,
        DMF_BranchTrack_Helper_BranchStatusQuery_AtLeast,
    };
    static const char *const hints[] = {DMF_BRANCHTRACK_STRING_Exactly, DMF_BRANCHTRACK_STRING_MoreThan, ""};

    RtlZeroMemory(point, sizeof(*point));
    for (ULONG index = 0; index < NAME_SIZE - 1; index++)
    {
        point->name[index] = "\0ab"[fuzz_below(3)];
    }
    point->name[1] = point->name[0] == 0 ? '\0' : point->name[1];
    point->hint = hints[fuzz_below(ARRAYSIZE(hints))];
    point->query = queries[fuzz_below(ARRAYSIZE(queries))];
    point->context = fuzz_below(3);
}

static bool is_same(const struct point *one, const struct point *other)
{
    return strcmp(one->name, other->name) == 0 && strcmp(one->hint, other->hint) == 0 && one->query == other->query &&
           one->context == other->context;
}

/* The model's check point, which is made when there is room; NULL when there is none. */
static struct point *model_get(const struct point *wanted)
{
    ULONG index = 0;

    while (index < model.count && !is_same(&model.points[index], wanted))
    {
        index++;
    }
    if (index == model.count && index < config.MaximumBranches)
    {
        model.points[model.count++] = *wanted;
    }
    return index < model.count ? &model.points[index] : NULL;
}

static void pass(void)
{
    bool creates = fuzz_below(4) == 0;
    BOOLEAN condition = fuzz_below(8) != 0;
    struct point wanted;
    struct point *point;

    choose(&wanted);
    if (creates)
    {
        DMF_BranchTrack_CheckPointCreate(module, wanted.name, wanted.hint, "file.c", 1, wanted.query, wanted.context,
                                         condition);
    }
    else
    {
        DMF_BranchTrack_CheckPointExecute(module, wanted.name, wanted.hint, "file.c", 1, wanted.query, wanted.context,
                                          condition);
    }
    point = condition ? model_get(&wanted) : NULL;
    if (point != NULL)
    {
        point->count = creates ? 0 : point->count + 1;
    }
}

static ULONG details_size(void)
{
    ULONG size = FIELD_OFFSET(BRANCHTRACK_REQUEST_OUTPUT_DATA, Response);

    for (ULONG index = 0; index < model.count; index++)
    {
        size += FIELD_OFFSET(BRANCHTRACK_REQUEST_OUTPUT_DATA_DETAILS, StringBuffer) + 3 +
                (ULONG)(strlen(model.points[index].name) + strlen(model.points[index].hint));
    }
    return size;
}

static void check_details(const UCHAR *entry, const UCHAR *end)
{
    BRANCHTRACK_REQUEST_OUTPUT_DATA_DETAILS details;
    const struct point *point;

    for (ULONG index = 0; index < model.count; index++)
    {
        point = &model.points[index];
        memcpy(&details, entry, FIELD_OFFSET(BRANCHTRACK_REQUEST_OUTPUT_DATA_DETAILS, StringBuffer));
        CHECK(strcmp((const char *)&entry[details.BranchNameOffset], point->name) == 0);
        CHECK(strcmp((const char *)&entry[details.HintNameOffset], point->hint) == 0);
        CHECK_EQUAL(details.IsPassed, passes(point));
        CHECK_EQUAL(details.CounterState, point->count);
        CHECK_EQUAL(details.ExpectedState, point->context);
        CHECK_EQUAL(details.NextEntryOffset == 0, index + 1 == model.count);
        entry += details.NextEntryOffset;
        CHECK(entry < end);
    }
}

static void check_status(const BRANCHTRACK_REQUEST_OUTPUT_DATA *data)
{
    /* The structure says that the name has one character. */
    const char *name = (const char *)data + FIELD_OFFSET(BRANCHTRACK_REQUEST_OUTPUT_DATA, Response.Status.ClientModuleName);
    ULONG passed = 0;

    for (ULONG index = 0; index < model.count; index++)
    {
        passed += passes(&model.points[index]);
    }
    CHECK_EQUAL(data->Response.Status.BranchesTotal, model.count);
    CHECK_EQUAL(data->Response.Status.BranchesPassed, passed);
    CHECK(strcmp(name, "client") == 0);
}

/* What a question of this kind takes; zero for one that is not known. */
static ULONG answer_size(ULONG type)
{
    switch (type)
    {
        case BRANCHTRACK_REQUEST_TYPE_STATUS:
            return FIELD_OFFSET(BRANCHTRACK_REQUEST_OUTPUT_DATA, Response.Status.ClientModuleName) + sizeof("client");
        case BRANCHTRACK_REQUEST_TYPE_DETAILS:
            return details_size();
        default:
            return 0;
    }
}

/* The question is of any length, and so is the room for the answer. */
static void ask(struct testkit_file *file)
{
    static UCHAR answer[ANSWER_SIZE];
    UCHAR question[8] = {0};
    ULONG question_size = fuzz_below(4) != 0 ? sizeof(ULONG) : fuzz_below(sizeof(question) + 1);
    ULONG room = fuzz_below(2) == 0 ? ANSWER_SIZE : fuzz_below(ANSWER_SIZE);
    ULONG type = fuzz_below(5);
    ULONG size = answer_size(type);
    uint64_t information = 0;
    NTSTATUS expected = STATUS_SUCCESS;

    memcpy(question, &type, sizeof(type));
    if (question_size < sizeof(ULONG))
    {
        expected = STATUS_BUFFER_TOO_SMALL;
    }
    else if (size == 0)
    {
        expected = STATUS_NOT_SUPPORTED;
    }
    else if (room < size)
    {
        expected = STATUS_BUFFER_TOO_SMALL;
    }
    memset(answer, 0, sizeof(answer));
    CHECK_STATUS(
        testkit_control(file, IOCTL_BRANCHTRACK_QUERY_INFORMATION, question, question_size, answer, room, &information),
        expected);
    CHECK_EQUAL(information, NT_SUCCESS(expected) ? size : 0);
    if (NT_SUCCESS(expected) && type == BRANCHTRACK_REQUEST_TYPE_STATUS)
    {
        check_status((const void *)answer);
    }
    else if (NT_SUCCESS(expected))
    {
        check_details(((BRANCHTRACK_REQUEST_OUTPUT_DATA *)answer)->Response.Details, answer + size);
    }
}

void fuzz_begin(void)
{
}

void fuzz_input(void)
{
    DMF_MODULE_ATTRIBUTES attributes;
    struct testkit_file *file;

    DMF_CONFIG_BranchTrack_AND_ATTRIBUTES_INIT(&config, &attributes);
    DMF_BranchTrack_CONFIG_INIT(&config, "client");
    config.MaximumBranches = 1 + fuzz_below(MOST_POINTS);
    model.count = 0;
    module = dmf_case_begin(DMF_CASE_STATIC, &attributes);
    file = dmf_case_open();
    while (fuzz_more())
    {
        if (fuzz_below(3) == 0)
        {
            ask(file);
        }
        else
        {
            pass();
        }
    }
    testkit_close(file);
    dmf_case_end();
}
