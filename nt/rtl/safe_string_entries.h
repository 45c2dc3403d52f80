/* SPDX-License-Identifier: MIT */
/*
 * The published functions of one width and one measure of size: thirteen of them, included once for each of
 * RtlStringCch...A, RtlStringCch...W, RtlStringCb...A, RtlStringCb...W and the same of StringCch and StringCb. No guard: it is
 * meant to be included often. The includer defines
 *
 *   SAFE_NAME(Function)  the published name, from "CopyNEx" and the like
 *   SAFE_CHARACTER       its character
 *   SAFE_IN_BYTES        whether sizes are in bytes
 *   SAFE_RETURN          what the functions return, and
 *   SAFE_STATUS(result)  the value of that for an enum safe_result
 */
#define SAFE_TO(Append)                                                                                       \
    (struct safe_destination)                                                                                 \
    {                                                                                                         \
        .text = Destination, .size = Size, .unit = sizeof(SAFE_CHARACTER), .size_is_in_bytes = SAFE_IN_BYTES, \
        .append = (Append)                                                                                    \
    }
#define SAFE_TO_EX(Append)                                                                                        \
    (struct safe_destination)                                                                                     \
    {                                                                                                             \
        .text = Destination, .size = Size, .unit = sizeof(SAFE_CHARACTER), .size_is_in_bytes = SAFE_IN_BYTES,     \
        .append = (Append), .extended = true, .flags = Flags, .ret_end = (void **)End, .ret_remaining = Remaining \
    }
#define SAFE_ALL_OF(Source)                                               \
    (struct safe_source)                                                  \
    {                                                                     \
        .kind = SAFE_TEXT, .text = (Source), .limit = SAFE_MAXIMUM_LENGTH \
    }
#define SAFE_SOME_OF(Source, Count)                                                                              \
    (struct safe_source)                                                                                         \
    {                                                                                                            \
        .kind = SAFE_TEXT, .text = (Source), .limit = SAFE_IN_BYTES ? (Count) / sizeof(SAFE_CHARACTER) : (Count) \
    }
#define SAFE_FORMATTED(Format, Arguments)                                                             \
    (struct safe_source)                                                                              \
    {                                                                                                 \
        .kind = SAFE_FORMAT, .text = (Format), .limit = SAFE_MAXIMUM_LENGTH, .arguments = (Arguments) \
    }

SAFE_RETURN SAFE_NAME(Copy)(SAFE_CHARACTER *Destination, size_t Size, const SAFE_CHARACTER *Source)
{
    return SAFE_STATUS(safe_string(&SAFE_TO(false), &SAFE_ALL_OF(Source)));
}

SAFE_RETURN SAFE_NAME(CopyEx)(SAFE_CHARACTER *Destination, size_t Size, const SAFE_CHARACTER *Source, SAFE_CHARACTER **End,
                              size_t *Remaining, unsigned Flags)
{
    return SAFE_STATUS(safe_string(&SAFE_TO_EX(false), &SAFE_ALL_OF(Source)));
}

SAFE_RETURN SAFE_NAME(CopyN)(SAFE_CHARACTER *Destination, size_t Size, const SAFE_CHARACTER *Source, size_t Count)
{
    return SAFE_STATUS(safe_string(&SAFE_TO(false), &SAFE_SOME_OF(Source, Count)));
}

SAFE_RETURN SAFE_NAME(CopyNEx)(SAFE_CHARACTER *Destination, size_t Size, const SAFE_CHARACTER *Source, size_t Count,
                               SAFE_CHARACTER **End, size_t *Remaining, unsigned Flags)
{
    return SAFE_STATUS(safe_string(&SAFE_TO_EX(false), &SAFE_SOME_OF(Source, Count)));
}

SAFE_RETURN SAFE_NAME(Cat)(SAFE_CHARACTER *Destination, size_t Size, const SAFE_CHARACTER *Source)
{
    return SAFE_STATUS(safe_string(&SAFE_TO(true), &SAFE_ALL_OF(Source)));
}

SAFE_RETURN SAFE_NAME(CatEx)(SAFE_CHARACTER *Destination, size_t Size, const SAFE_CHARACTER *Source, SAFE_CHARACTER **End,
                             size_t *Remaining, unsigned Flags)
{
    return SAFE_STATUS(safe_string(&SAFE_TO_EX(true), &SAFE_ALL_OF(Source)));
}

SAFE_RETURN SAFE_NAME(CatN)(SAFE_CHARACTER *Destination, size_t Size, const SAFE_CHARACTER *Source, size_t Count)
{
    return SAFE_STATUS(safe_string(&SAFE_TO(true), &SAFE_SOME_OF(Source, Count)));
}

SAFE_RETURN SAFE_NAME(CatNEx)(SAFE_CHARACTER *Destination, size_t Size, const SAFE_CHARACTER *Source, size_t Count,
                              SAFE_CHARACTER **End, size_t *Remaining, unsigned Flags)
{
    return SAFE_STATUS(safe_string(&SAFE_TO_EX(true), &SAFE_SOME_OF(Source, Count)));
}

SAFE_RETURN SAFE_NAME(VPrintf)(SAFE_CHARACTER *Destination, size_t Size, const SAFE_CHARACTER *Format, va_list Arguments)
{
    struct format_arguments arguments;
    SAFE_RETURN status;

    va_copy(arguments.list, Arguments);
    status = SAFE_STATUS(safe_string(&SAFE_TO(false), &SAFE_FORMATTED(Format, &arguments)));
    va_end(arguments.list);
    return status;
}

SAFE_RETURN SAFE_NAME(VPrintfEx)(SAFE_CHARACTER *Destination, size_t Size, SAFE_CHARACTER **End, size_t *Remaining,
                                 unsigned Flags, const SAFE_CHARACTER *Format, va_list Arguments)
{
    struct format_arguments arguments;
    SAFE_RETURN status;

    va_copy(arguments.list, Arguments);
    status = SAFE_STATUS(safe_string(&SAFE_TO_EX(false), &SAFE_FORMATTED(Format, &arguments)));
    va_end(arguments.list);
    return status;
}

SAFE_RETURN SAFE_NAME(Printf)(SAFE_CHARACTER *Destination, size_t Size, const SAFE_CHARACTER *Format, ...)
{
    struct format_arguments arguments;
    SAFE_RETURN status;

    va_start(arguments.list, Format);
    status = SAFE_STATUS(safe_string(&SAFE_TO(false), &SAFE_FORMATTED(Format, &arguments)));
    va_end(arguments.list);
    return status;
}

SAFE_RETURN SAFE_NAME(PrintfEx)(SAFE_CHARACTER *Destination, size_t Size, SAFE_CHARACTER **End, size_t *Remaining,
                                unsigned Flags, const SAFE_CHARACTER *Format, ...)
{
    struct format_arguments arguments;
    SAFE_RETURN status;

    va_start(arguments.list, Format);
    status = SAFE_STATUS(safe_string(&SAFE_TO_EX(false), &SAFE_FORMATTED(Format, &arguments)));
    va_end(arguments.list);
    return status;
}

SAFE_RETURN SAFE_NAME(Length)(const SAFE_CHARACTER *Text, size_t Maximum, size_t *Length)
{
    return SAFE_STATUS(safe_length(Text, Maximum, sizeof(SAFE_CHARACTER), SAFE_IN_BYTES, Length));
}

#undef SAFE_TO
#undef SAFE_TO_EX
#undef SAFE_ALL_OF
#undef SAFE_SOME_OF
#undef SAFE_FORMATTED
#undef SAFE_NAME
#undef SAFE_CHARACTER
#undef SAFE_IN_BYTES
