/* SPDX-License-Identifier: MIT */
/*
 * dmf-wpp: the directives of a configuration block.
 *
 *   FUNC Name{NAME=value,...}(PARAMETER, ..., MSG, ...);
 *   USEPREFIX(Name, "format", arguments...);    USESUFFIX the same
 *   CUSTOM_TYPE(name, ItemListLong(a, b, c));   and the other type definitions
 */
#include "wpp.h"

#include <ctype.h>
#include <string.h>

/* A directive while it is read. */
struct reader
{
    const struct wpp_directive *directive;
    const char *at;
    bool failed;
};

static void complain(struct reader *reader, const char *what)
{
    if (!reader->failed)
    {
        wpp_error(reader->directive->file, reader->directive->line, "%s in \"%s\"", what, reader->directive->text);
    }
    reader->failed = true;
}

static void skip_space(struct reader *reader)
{
    reader->at += strspn(reader->at, " \t");
}

static bool accept(struct reader *reader, char character)
{
    skip_space(reader);
    if (*reader->at != character)
    {
        return false;
    }
    reader->at++;
    return true;
}

static void expect(struct reader *reader, char character)
{
    char what[] = "expected 'x'";
    what[sizeof(what) - 3] = character;
    if (!accept(reader, character))
    {
        complain(reader, what);
    }
}

static const char *read_name(struct reader *reader)
{
    skip_space(reader);
    const char *start = reader->at;
    if (isalpha((unsigned char)*start) || *start == '_')
    {
        while (isalnum((unsigned char)*reader->at) || *reader->at == '_')
        {
            reader->at++;
        }
    }
    else
    {
        complain(reader, "expected a name");
    }
    return wpp_copy(start, (size_t)(reader->at - start));
}

/* Text up to one of the ends that stands outside parentheses and string literals. Trailing space is not part of it. */
static const char *read_until(struct reader *reader, const char *ends)
{
    skip_space(reader);
    const char *start = reader->at;
    int depth = 0;
    bool quoted = false;

    for (; *reader->at != '\0'; reader->at++)
    {
        char character = *reader->at;
        if (quoted)
        {
            if (character == '\\' && reader->at[1] != '\0')
            {
                reader->at++;
            }
            quoted = character != '"';
            continue;
        }
        if (depth == 0 && strchr(ends, character) != NULL)
        {
            break;
        }
        quoted = character == '"';
        depth += character == '(';
        depth -= character == ')';
    }
    if (quoted)
    {
        complain(reader, "a string has no end");
    }
    size_t length = (size_t)(reader->at - start);
    while (length != 0 && (start[length - 1] == ' ' || start[length - 1] == '\t'))
    {
        length--;
    }
    return wpp_copy(start, length);
}

static void expect_end(struct reader *reader)
{
    (void)accept(reader, ';');
    skip_space(reader);
    if (*reader->at != '\0')
    {
        complain(reader, "unexpected text at the end");
    }
}

static void read_fixed(struct reader *reader, struct wpp_function *function)
{
    if (accept(reader, '}'))
    {
        return;
    }
    do
    {
        struct wpp_parameter *fixed = list_add(&function->fixed);
        fixed->name = read_name(reader);
        expect(reader, '=');
        fixed->value = read_until(reader, ",}");
        if (*fixed->value == '\0')
        {
            complain(reader, "a value is missing");
        }
    } while (!reader->failed && accept(reader, ','));
    expect(reader, '}');
}

/* The parameters after an opening parenthesis, up to and with the closing one. */
static void read_parameters(struct reader *reader, struct wpp_function *function, bool nested)
{
    if (accept(reader, ')'))
    {
        return;
    }
    do
    {
        skip_space(reader);
        if (strncmp(reader->at, "...", 3) == 0)
        {
            reader->at += 3;
            break;
        }
        if (!nested && accept(reader, '('))
        {
            function->has_inner = true;
            function->inner = function->parameters.count;
            read_parameters(reader, function, true);
            break;
        }
        const char **parameter = list_add(&function->parameters);
        *parameter = read_name(reader);
    } while (!reader->failed && accept(reader, ','));
    expect(reader, ')');
}

static bool same_function(const struct wpp_function *one, const struct wpp_function *other)
{
    bool same = one->fixed.count == other->fixed.count && one->parameters.count == other->parameters.count &&
                one->has_inner == other->has_inner && one->inner == other->inner;
    for (size_t index = 0; same && index < one->parameters.count; index++)
    {
        same = strcmp(one->parameters.items[index], other->parameters.items[index]) == 0;
    }
    for (size_t index = 0; same && index < one->fixed.count; index++)
    {
        same = strcmp(one->fixed.items[index].name, other->fixed.items[index].name) == 0 &&
               strcmp(one->fixed.items[index].value, other->fixed.items[index].value) == 0;
    }
    return same;
}

static struct wpp_function *find_function(struct wpp_config *config, const char *name)
{
    for (size_t index = 0; index < config->functions.count; index++)
    {
        if (strcmp(config->functions.items[index].name, name) == 0)
        {
            return &config->functions.items[index];
        }
    }
    return NULL;
}

static void add_function(struct wpp_config *config, struct reader *reader)
{
    struct wpp_function function = {.file = reader->directive->file, .line = reader->directive->line};
    function.prefix = function.prefix_arguments = function.suffix = function.suffix_arguments = "";
    function.name = read_name(reader);
    if (accept(reader, '{'))
    {
        read_fixed(reader, &function);
    }
    expect(reader, '(');
    if (!reader->failed)
    {
        read_parameters(reader, &function, false);
    }
    expect_end(reader);
    if (reader->failed)
    {
        return;
    }
    if (!function.has_inner)
    {
        function.inner = function.parameters.count;
    }
    struct wpp_function *known = find_function(config, function.name);
    if (known == NULL)
    {
        *list_add(&config->functions) = function;
    }
    else if (!same_function(known, &function))
    {
        wpp_warning(function.file, function.line, "%s is already defined at %s:%u, and differently; this definition is used",
                    function.name, known->file, known->line);
        *known = function;
    }
}

static void add_affix(struct wpp_config *config, struct reader *reader, bool is_suffix)
{
    struct wpp_affix affix = {.file = reader->directive->file, .line = reader->directive->line, .is_suffix = is_suffix};
    expect(reader, '(');
    affix.function = read_name(reader);
    expect(reader, ',');
    affix.text = read_until(reader, ",)");
    if (*affix.text != '"')
    {
        complain(reader, "expected a string");
    }
    affix.arguments = accept(reader, ',') ? read_until(reader, ")") : "";
    expect(reader, ')');
    expect_end(reader);
    if (!reader->failed)
    {
        *list_add(&config->affixes) = affix;
    }
}

/* CUSTOM_TYPE(name, ItemListX(a, b, c)) names values; the other items say how a number looks and keep being numbers. */
static void add_custom_type(struct wpp_config *config, struct reader *reader)
{
    struct wpp_type type = {0};
    expect(reader, '(');
    type.name = read_name(reader);
    expect(reader, ',');
    const char *item = read_name(reader);
    expect(reader, '(');
    bool named = strncmp(item, "ItemList", 8) == 0;
    while (!reader->failed && !accept(reader, ')'))
    {
        const char *value = read_until(reader, ",)");
        if (named)
        {
            *list_add(&type.values) = value;
        }
        if (*reader->at == '\0')
        {
            complain(reader, "expected ')'");
        }
        (void)accept(reader, ',');
    }
    (void)read_until(reader, ")");
    expect(reader, ')');
    expect_end(reader);
    if (!reader->failed)
    {
        *list_add(&config->types) = type;
    }
}

/* Definitions that change nothing here: whatever they describe is printed as a number or by its own specifier. */
static void check_definition(struct reader *reader)
{
    expect(reader, '(');
    (void)read_name(reader);
    (void)read_until(reader, ")");
    expect(reader, ')');
    expect_end(reader);
}

void config_add_directive(struct wpp_config *config, const struct wpp_directive *directive)
{
    static const char *const definitions[] = {"DEFINE_CPLX_TYPE", "DEFINE_SIMPLE_TYPE", "DEFINE_FLAVOR",
                                              "DEFINE_TYPE",      "DEFINE_SIGNATURE",   "DEFINE_MACRO",
                                              "DEFMACRO",         "FUNC_SIGNATURE",     "DEFINE_ALIAS"};
    struct reader reader = {.directive = directive, .at = directive->text};
    const char *word = read_name(&reader);

    if (reader.failed)
    {
        return;
    }
    if (strcmp(word, "FUNC") == 0)
    {
        add_function(config, &reader);
        return;
    }
    if (strcmp(word, "USEPREFIX") == 0 || strcmp(word, "USESUFFIX") == 0)
    {
        add_affix(config, &reader, word[3] == 'S');
        return;
    }
    if (strcmp(word, "CUSTOM_TYPE") == 0)
    {
        add_custom_type(config, &reader);
        return;
    }
    for (size_t index = 0; index < sizeof(definitions) / sizeof(definitions[0]); index++)
    {
        if (strcmp(word, definitions[index]) == 0)
        {
            check_definition(&reader);
            return;
        }
    }
    wpp_warning(directive->file, directive->line, "\"%s\" is no directive that has an effect here", word);
}

static const char *with_comma(const char *arguments)
{
    if (*arguments == '\0')
    {
        return "";
    }
    size_t size = strlen(arguments) + 3;
    char *joined = wpp_allocate(size);
    snprintf(joined, size, ", %s", arguments);
    return joined;
}

void config_finish(struct wpp_config *config)
{
    for (size_t index = 0; index < config->affixes.count; index++)
    {
        const struct wpp_affix *affix = &config->affixes.items[index];
        struct wpp_function *function = find_function(config, affix->function);
        if (function == NULL)
        {
            wpp_error(affix->file, affix->line, "there is no FUNC %s to give a %s to", affix->function,
                      affix->is_suffix ? "suffix" : "prefix");
        }
        else if (affix->is_suffix)
        {
            function->suffix = affix->text;
            function->suffix_arguments = with_comma(affix->arguments);
        }
        else
        {
            function->prefix = affix->text;
            function->prefix_arguments = with_comma(affix->arguments);
        }
    }
}
