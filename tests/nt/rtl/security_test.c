/* SPDX-License-Identifier: MIT */
/*
 * Identifiers, access control lists, security descriptors, and their text.
 */
#include "nt_case.h"

#include <ntifs.h>
#include <string.h>

#include "nt/rtl/sddl.h"

#define TEXT_OF(Text) ((UNICODE_STRING)RTL_CONSTANT_STRING(Text))
#define EVERYTHING \
    (OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION | SACL_SECURITY_INFORMATION)

static SID_IDENTIFIER_AUTHORITY nt_authority = {SECURITY_NT_AUTHORITY};

static PSID make_sid(ULONG first, ULONG second)
{
    PSID sid = NULL;

    CHECK_EQUAL(RtlAllocateAndInitializeSid(&nt_authority, 2, first, second, 0, 0, 0, 0, 0, 0, &sid), STATUS_SUCCESS);
    return sid;
}

static bool same(const UNICODE_STRING *string, const WCHAR *text)
{
    UNICODE_STRING expected;

    RtlInitUnicodeString(&expected, text);
    return RtlEqualUnicodeString(string, &expected, FALSE);
}

static void identifiers_are_made_compared_and_copied(void)
{
    PSID administrators = make_sid(32, 544);
    PSID users = make_sid(32, 545);
    ULONG copy[8];

    CHECK(RtlValidSid(administrators));
    CHECK_EQUAL(RtlLengthSid(administrators), 16);
    CHECK_EQUAL(RtlLengthRequiredSid(2), 16);
    CHECK_EQUAL(*RtlSubAuthorityCountSid(administrators), 2);
    CHECK_EQUAL(*RtlSubAuthoritySid(administrators, 1), 544);
    CHECK_EQUAL(RtlIdentifierAuthoritySid(administrators)->Value[5], 5);
    CHECK(!RtlEqualSid(administrators, users) && RtlEqualPrefixSid(administrators, users));
    CHECK_EQUAL(RtlCopySid(15, copy, users), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(RtlCopySid(16, copy, users), STATUS_SUCCESS);
    CHECK(RtlEqualSid(copy, users));
    CHECK_EQUAL(RtlInitializeSid(copy, &nt_authority, 16), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlInitializeSid(copy, &nt_authority, 1), STATUS_SUCCESS);
    CHECK(!RtlEqualPrefixSid(copy, users));
    ((SID *)copy)->Revision = 2;
    CHECK(!RtlValidSid(copy) && !RtlValidSid(NULL));
    CHECK_EQUAL(RtlAllocateAndInitializeSid(&nt_authority, 9, 0, 0, 0, 0, 0, 0, 0, 0, (PSID *)&copy), STATUS_INVALID_SID);
    CHECK(RtlFreeSid(administrators) == NULL);
    RtlFreeSid(users);
}

static void identifiers_have_text(void)
{
    PSID sid = make_sid(32, 544);
    SID_IDENTIFIER_AUTHORITY large = {{0x12, 0x34, 0, 0, 0, 1}};
    WCHAR buffer[12];
    UNICODE_STRING text = {0, sizeof(buffer), buffer};
    ULONG other[3];

    CHECK_EQUAL(RtlConvertSidToUnicodeString(&text, sid, TRUE), STATUS_SUCCESS);
    CHECK(same(&text, L"S-1-5-32-544") && text.MaximumLength == 26 && text.Buffer[12] == 0);
    RtlFreeUnicodeString(&text);
    text = (UNICODE_STRING){0, 24, buffer};
    CHECK_EQUAL(RtlConvertSidToUnicodeString(&text, sid, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(text.Length, 24);
    text.MaximumLength = 22;
    CHECK_EQUAL(RtlConvertSidToUnicodeString(&text, sid, FALSE), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(RtlInitializeSid(other, &large, 1), STATUS_SUCCESS);
    *RtlSubAuthoritySid(other, 0) = 7;
    CHECK_EQUAL(RtlConvertSidToUnicodeString(&text, other, TRUE), STATUS_SUCCESS);
    CHECK(same(&text, L"S-1-0x123400000001-7"));
    RtlFreeUnicodeString(&text);
    ((SID *)other)->Revision = 3;
    CHECK_EQUAL(RtlConvertSidToUnicodeString(&text, other, TRUE), STATUS_INVALID_SID);
    RtlFreeSid(sid);
}

static void lists_take_entries_until_they_are_full(void)
{
    ULONG memory[18];
    ACL *acl = (ACL *)memory;
    PSID sid = make_sid(32, 544);
    ACCESS_ALLOWED_ACE *entry = NULL;

    CHECK_EQUAL(RtlCreateAcl(acl, 7, ACL_REVISION), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(RtlCreateAcl(acl, 72, 1), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlCreateAcl(acl, 70000, 2), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlCreateAcl(acl, 8 + 2 * 24 + 4, ACL_REVISION), STATUS_SUCCESS);
    CHECK_EQUAL(RtlAddAccessAllowedAce(acl, ACL_REVISION, GENERIC_ALL, sid), STATUS_SUCCESS);
    CHECK_EQUAL(RtlAddAccessAllowedAceEx(acl, ACL_REVISION, CONTAINER_INHERIT_ACE, GENERIC_READ, sid), STATUS_SUCCESS);
    CHECK_EQUAL(RtlAddAccessAllowedAce(acl, ACL_REVISION, GENERIC_ALL, sid), STATUS_ALLOTTED_SPACE_EXCEEDED);
    CHECK_EQUAL(RtlAddAccessAllowedAceEx(acl, ACL_REVISION, 0x40, GENERIC_READ, sid), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlAddAccessAllowedAce(acl, 5, GENERIC_ALL, sid), STATUS_REVISION_MISMATCH);
    CHECK_EQUAL(RtlGetAce(acl, 1, (PVOID *)&entry), STATUS_SUCCESS);
    CHECK(entry->Mask == GENERIC_READ && entry->Header.AceFlags == CONTAINER_INHERIT_ACE);
    CHECK(RtlEqualSid(&entry->SidStart, sid));
    CHECK_EQUAL(RtlGetAce(acl, 2, (PVOID *)&entry), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlDeleteAce(acl, 0), STATUS_SUCCESS);
    CHECK_EQUAL(RtlDeleteAce(acl, 1), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlGetAce(acl, 0, (PVOID *)&entry), STATUS_SUCCESS);
    CHECK_EQUAL(entry->Mask, GENERIC_READ);
    ((SID *)sid)->Revision = 9;
    CHECK_EQUAL(RtlAddAccessAllowedAce(acl, ACL_REVISION, GENERIC_ALL, sid), STATUS_INVALID_SID);
    RtlFreeSid(sid);
}

static void entries_are_inserted_where_the_caller_says(void)
{
    ULONG memory[40];
    ULONG one[10];
    ACL *acl = (ACL *)memory;
    ACL *source = (ACL *)one;
    PSID sid = make_sid(32, 544);
    ACCESS_ALLOWED_ACE *entry = NULL;

    CHECK_EQUAL(RtlCreateAcl(acl, sizeof(memory), ACL_REVISION), STATUS_SUCCESS);
    CHECK_EQUAL(RtlCreateAcl(source, sizeof(one), ACL_REVISION), STATUS_SUCCESS);
    CHECK_EQUAL(RtlAddAccessAllowedAce(source, ACL_REVISION, 7, sid), STATUS_SUCCESS);
    CHECK_EQUAL(RtlAddAccessAllowedAce(acl, ACL_REVISION, 1, sid), STATUS_SUCCESS);
    CHECK_EQUAL(RtlAddAccessAllowedAce(acl, ACL_REVISION, 2, sid), STATUS_SUCCESS);
    CHECK_EQUAL(RtlAddAce(acl, ACL_REVISION, 1, source + 1, 24), STATUS_SUCCESS);
    CHECK_EQUAL(RtlAddAce(acl, ACL_REVISION, MAXULONG, source + 1, 24), STATUS_SUCCESS);
    for (ULONG index = 0; index < 4; index++)
    {
        CHECK_EQUAL(RtlGetAce(acl, index, (PVOID *)&entry), STATUS_SUCCESS);
        CHECK_EQUAL(entry->Mask, ((ULONG[]){1, 7, 2, 7})[index]);
    }
    CHECK_EQUAL(RtlAddAce(acl, ACL_REVISION, 0, source + 1, 23), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlAddAce(acl, ACL_REVISION, 0, source + 1, 24), STATUS_SUCCESS);
    CHECK_EQUAL(RtlAddAce(acl, ACL_REVISION, 0, source + 1, 24), STATUS_SUCCESS);
    CHECK_EQUAL(RtlAddAce(acl, ACL_REVISION, 0, source + 1, 24), STATUS_BUFFER_TOO_SMALL);
    RtlFreeSid(sid);
}

static void descriptors_change_their_form(void)
{
    SECURITY_DESCRIPTOR absolute;
    SECURITY_DESCRIPTOR back;
    ULONG relative[64];
    ULONG list[10];
    ULONG dacl[10];
    ULONG sids[2][8];
    ULONG sizes[5] = {sizeof(back), sizeof(dacl), 0, sizeof(sids[0]), sizeof(sids[1])};
    PSID owner = make_sid(32, 544);
    PSID found = NULL;
    PACL found_list = NULL;
    BOOLEAN present = FALSE;
    BOOLEAN is_default = TRUE;
    ULONG bytes = 0;

    CHECK_EQUAL(RtlCreateSecurityDescriptor(&absolute, 2), STATUS_UNKNOWN_REVISION);
    CHECK_EQUAL(RtlCreateSecurityDescriptor(&absolute, SECURITY_DESCRIPTOR_REVISION), STATUS_SUCCESS);
    CHECK_EQUAL(RtlCreateAcl((ACL *)list, sizeof(list), ACL_REVISION), STATUS_SUCCESS);
    CHECK_EQUAL(RtlAddAccessAllowedAce((ACL *)list, ACL_REVISION, GENERIC_ALL, owner), STATUS_SUCCESS);
    CHECK_EQUAL(RtlSetDaclSecurityDescriptor(&absolute, TRUE, (ACL *)list, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(RtlSetOwnerSecurityDescriptor(&absolute, owner, TRUE), STATUS_SUCCESS);
    CHECK(RtlValidSecurityDescriptor(&absolute));
    CHECK_EQUAL(RtlLengthSecurityDescriptor(&absolute), 40 + 40 + 16);
    CHECK_EQUAL(RtlAbsoluteToSelfRelativeSD(&absolute, relative, &bytes), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(bytes, 20 + 40 + 16);
    CHECK_EQUAL(RtlAbsoluteToSelfRelativeSD(&absolute, relative, &bytes), STATUS_SUCCESS);
    CHECK(RtlValidRelativeSecurityDescriptor(relative, bytes, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION));
    CHECK(!RtlValidRelativeSecurityDescriptor(relative, bytes, GROUP_SECURITY_INFORMATION));
    CHECK(!RtlValidRelativeSecurityDescriptor(relative, bytes - 1, 0));
    CHECK_EQUAL(RtlAbsoluteToSelfRelativeSD(relative, relative, &bytes), STATUS_BAD_DESCRIPTOR_FORMAT);
    CHECK_EQUAL(RtlSetDaclSecurityDescriptor(relative, FALSE, NULL, FALSE), STATUS_INVALID_SECURITY_DESCR);
    CHECK_EQUAL(RtlGetOwnerSecurityDescriptor(relative, &found, &is_default), STATUS_SUCCESS);
    CHECK(RtlEqualSid(found, owner) && is_default);
    CHECK_EQUAL(RtlGetDaclSecurityDescriptor(relative, &present, &found_list, &is_default), STATUS_SUCCESS);
    CHECK(present && !is_default && found_list->AceCount == 1);
    CHECK_EQUAL(RtlGetSaclSecurityDescriptor(relative, &present, &found_list, &is_default), STATUS_SUCCESS);
    CHECK(!present);
    CHECK_EQUAL(RtlGetGroupSecurityDescriptor(relative, &found, &is_default), STATUS_SUCCESS);
    CHECK(found == NULL);
    sizes[3] = 8;
    CHECK_EQUAL(RtlSelfRelativeToAbsoluteSD(relative, &back, &sizes[0], (ACL *)dacl, &sizes[1], NULL, &sizes[2], sids[0],
                                            &sizes[3], sids[1], &sizes[4]),
                STATUS_BUFFER_TOO_SMALL);
    CHECK(sizes[1] == 40 && sizes[3] == 16 && sizes[4] == 0);
    CHECK_EQUAL(RtlSelfRelativeToAbsoluteSD(relative, &back, &sizes[0], (ACL *)dacl, &sizes[1], NULL, &sizes[2], sids[0],
                                            &sizes[3], sids[1], &sizes[4]),
                STATUS_SUCCESS);
    CHECK(RtlValidSecurityDescriptor(&back) && RtlEqualSid(back.Owner, owner) && back.Dacl == (ACL *)dacl);
    CHECK_EQUAL(RtlSetDaclSecurityDescriptor(&back, FALSE, NULL, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(back.Control, SE_OWNER_DEFAULTED);
    RtlFreeSid(owner);
}

static void damaged_descriptors_are_found(void)
{
    UNICODE_STRING text = TEXT_OF(L"O:BAG:SYD:P(A;;GA;;;SY)(D;OI;GR;;;S-1-5-32-545)S:(AU;SA;GW;;;WD)");
    PSECURITY_DESCRIPTOR descriptor = NULL;
    UCHAR *damaged;
    ULONG bytes = 0;
    size_t position;
    ULONG seed = 11;

    CHECK_EQUAL(sddl_parse(&text, &descriptor, &bytes, &position), STATUS_SUCCESS);
    for (int round = 0; round < 5000; round++)
    {
        damaged = ExAllocatePool2(POOL_FLAG_NON_PAGED, bytes, 'tseT');
        CHECK(damaged != NULL);
        memcpy(damaged, descriptor, bytes);
        for (ULONG change = RtlRandomEx(&seed) % 3; change < 3; change++)
        {
            damaged[RtlRandomEx(&seed) % bytes] = (UCHAR)RtlRandomEx(&seed);
        }
        (void)RtlValidRelativeSecurityDescriptor(damaged, bytes, 0);
        if (SeValidSecurityDescriptor(bytes, damaged))
        {
            UNICODE_STRING out = {0, 0, NULL};

            (void)sddl_format(damaged, EVERYTHING, &out);
            RtlFreeUnicodeString(&out);
        }
        ExFreePool(damaged);
    }
    sddl_free(descriptor);
}

static void generic_rights_map(void)
{
    GENERIC_MAPPING mapping = {0x1, 0x2, 0x4, 0xF};
    ACCESS_MASK mask = GENERIC_READ | GENERIC_EXECUTE | 0x100;

    RtlMapGenericMask(&mask, &mapping);
    CHECK_EQUAL(mask, 0x105);
    mask = GENERIC_ALL;
    RtlMapGenericMask(&mask, &mapping);
    CHECK_EQUAL(mask, 0xF);
}

/* What the text becomes when it is read and written again. */
static void check_text(const WCHAR *text, const WCHAR *expected)
{
    PSECURITY_DESCRIPTOR descriptor;
    UNICODE_STRING in;
    UNICODE_STRING out;
    ULONG bytes;
    size_t position;

    RtlInitUnicodeString(&in, text);
    CHECK_EQUAL(sddl_parse(&in, &descriptor, &bytes, &position), STATUS_SUCCESS);
    CHECK_EQUAL(position, in.Length / sizeof(WCHAR));
    CHECK(RtlValidRelativeSecurityDescriptor(descriptor, bytes, 0));
    CHECK_EQUAL(sddl_format(descriptor, EVERYTHING, &out), STATUS_SUCCESS);
    CHECK(same(&out, expected));
    RtlFreeUnicodeString(&out);
    sddl_free(descriptor);
}

static void text_goes_there_and_back(void)
{
    static const WCHAR *const texts[] = {
        L"",
        L"D:P",
        L"D:P(A;;GA;;;SY)",
        L"D:P(A;;GA;;;SY)(A;;GR;;;WD)",
        L"O:BAG:SYD:PAI(D;OICI;GA;;;BU)S:AI(AU;SAFA;GW;;;AU)",
        L"D:NO_ACCESS_CONTROL",
        L"D:(A;;0xe0010000;;;S-1-5-21-1-2-3-500)",
        L"S:(ML;;NW;;;LW)",
    };

    for (size_t index = 0; index < ARRAYSIZE(texts); index++)
    {
        const WCHAR *expected = index == 7 ? L"S:(ML;;CC;;;LW)" : texts[index];

        check_text(texts[index], expected);
    }
    check_text(L" o:ba d:( a ; oi ci ; gr gw ; ; ; sy ) ", L"O:BAD:(A;OICI;0xc0000000;;;SY)");
    check_text(L"D:(A;;012;;;WD)(A;;10;;;WD)(A;;0xA;;;WD)", L"D:(A;;0xa;;;WD)(A;;0xa;;;WD)(A;;0xa;;;WD)");
    check_text(L"O:S-1-5-32-544", L"O:BA");
    check_text(L"D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GR;;;WD)", L"D:P(A;;GA;;;SY)(A;;0xe0000000;;;BA)(A;;GR;;;WD)");
}

static void wrong_text_says_what_and_where(void)
{
    static const struct
    {
        const WCHAR *text;
        NTSTATUS status;
        size_t position;
    } rows[] = {
        {L"X:BA", STATUS_INVALID_PARAMETER, 2},
        {L"O", STATUS_INVALID_PARAMETER, 0},
        {L"O:BAO:SY", STATUS_INVALID_PARAMETER, 6},
        {L"D:D:", STATUS_INVALID_PARAMETER, 4},
        {L"O:QQ", STATUS_INVALID_SID, 2},
        {L"O:S-1-5-4294967296", STATUS_INVALID_SID, 2},
        {L"O:S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16", STATUS_INVALID_SID, 2},
        {L"D:(A;;GA;;;SY", STATUS_INVALID_ACL, 13},
        {L"D:(A;;GA;;SY)", STATUS_INVALID_ACL, 10},
        {L"D:(Q;;GA;;;SY)", STATUS_INVALID_ACL, 3},
        {L"D:(A;XX;GA;;;SY)", STATUS_INVALID_ACL, 5},
        {L"D:(A;;ZZ;;;SY)", STATUS_INVALID_ACL, 6},
        {L"D:(A;;0x;;;SY)", STATUS_INVALID_ACL, 8},
        {L"D:(A;;0x100000000;;;SY)", STATUS_INVALID_ACL, 16},
        {L"D:(OA;;GA;;;SY)", STATUS_NOT_SUPPORTED, 5},
        {L"D:(A;;GA;;;)", STATUS_INVALID_SID, 11},
        {L"D:(A;;GA;;;SY)junk", STATUS_INVALID_PARAMETER, 14},
    };

    for (size_t index = 0; index < ARRAYSIZE(rows); index++)
    {
        PSECURITY_DESCRIPTOR descriptor;
        UNICODE_STRING text;
        ULONG bytes;
        size_t position = 99;

        RtlInitUnicodeString(&text, rows[index].text);
        CHECK_EQUAL(sddl_parse(&text, &descriptor, &bytes, &position), rows[index].status);
        CHECK_EQUAL(position, rows[index].position);
        CHECK(descriptor == NULL);
    }
}

static void parse_and_format(void)
{
    UNICODE_STRING text = TEXT_OF(L"O:BAD:P(A;;GA;;;SY)S:(AU;SA;GW;;;WD)");
    PSECURITY_DESCRIPTOR descriptor;
    UNICODE_STRING out;
    ULONG bytes;
    size_t position;
    NTSTATUS status = sddl_parse(&text, &descriptor, &bytes, &position);

    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    if (!NT_SUCCESS(status))
    {
        CHECK(descriptor == NULL);
        return;
    }
    status = sddl_format(descriptor, EVERYTHING, &out);
    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    if (NT_SUCCESS(status))
    {
        RtlFreeUnicodeString(&out);
    }
    sddl_free(descriptor);
}

static void the_lack_of_memory_is_survived(void)
{
    nt_fail_each_allocation(parse_and_format);
}

const struct nt_case nt_cases[] = {
    CASE(identifiers_are_made_compared_and_copied),
    CASE(identifiers_have_text),
    CASE(lists_take_entries_until_they_are_full),
    CASE(entries_are_inserted_where_the_caller_says),
    CASE(descriptors_change_their_form),
    CASE(damaged_descriptors_are_found),
    CASE(generic_rights_map),
    CASE(text_goes_there_and_back),
    CASE(wrong_text_says_what_and_where),
    CASE(the_lack_of_memory_is_survived),
    CASES_END,
};
