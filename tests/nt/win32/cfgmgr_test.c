/* SPDX-License-Identifier: MIT */
/*
 * The configuration manager: the tree, properties, interfaces, notification; misuse of each.
 */
#include "nt_case.h"

#include <string.h>

#include <windows.h>

#include <initguid.h>

#include <cfgmgr32.h>
#include <devpkey.h>

#include "device_helper.h"

#define CLASS_NUMBER 0x11
#define CLASS                                              \
    {                                                      \
        0x11111111, 0x1111, 0x1111,                        \
        {                                                  \
            0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11 \
        }                                                  \
    }
#define OTHER_CLASS                                        \
    {                                                      \
        0x22222222, 0x2222, 0x2222,                        \
        {                                                  \
            0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22 \
        }                                                  \
    }

static GUID class = CLASS;
static GUID other_class = OTHER_CLASS;
static WCHAR path[] = L"ROOT\\ECHO\\0000";

static size_t length_of(const WCHAR *text)
{
    size_t length = 0;

    while (text[length] != 0)
    {
        length++;
    }
    return length;
}

static bool same_text(const WCHAR *first, const WCHAR *second)
{
    size_t length = length_of(first);

    return length == length_of(second) && memcmp(first, second, length * sizeof(WCHAR)) == 0;
}

static void tear_down(struct helper_device *device)
{
    helper_device_refuse(device, false);
    helper_device_remove(device);
    helper_device_free(device);
}

static DEVINST locate(void)
{
    DEVINST instance = 0;

    CHECK_EQUAL(CM_Locate_DevNodeW(&instance, path, CM_LOCATE_DEVNODE_NORMAL), CR_SUCCESS);
    CHECK(instance != 0);
    return instance;
}

/*
 * The tree.
 */

static void devnode_is_found_by_path_and_keeps_its_number(void)
{
    struct helper_device *device = helper_device_start("echo");
    DEVINST instance = locate();
    DEVINST narrow;
    DEVINST root;

    CHECK_EQUAL(locate(), instance);
    CHECK_EQUAL(CM_Locate_DevNodeA(&narrow, (char *)"root\\echo\\0000", CM_LOCATE_DEVNODE_PHANTOM), CR_SUCCESS);
    CHECK_EQUAL(narrow, instance);
    CHECK_EQUAL(CM_Locate_DevNodeW(&root, NULL, 0), CR_SUCCESS);
    CHECK(root != instance);
    tear_down(device);
}

static void locating_says_what_is_wrong(void)
{
    static WCHAR unknown[] = L"ROOT\\NOBODY\\0000";
    static WCHAR bad[] = L"ROOT";
    DEVINST instance = 5;

    CHECK_EQUAL(CM_Locate_DevNodeW(NULL, path, 0), CR_INVALID_POINTER);
    CHECK_EQUAL(CM_Locate_DevNodeW(&instance, path, 0x80), CR_INVALID_FLAG);
    CHECK_EQUAL(CM_Locate_DevNodeW(&instance, unknown, 0), CR_NO_SUCH_DEVNODE);
    CHECK_EQUAL(CM_Locate_DevNodeW(&instance, bad, 0), CR_INVALID_DEVICE_ID);
    CHECK_EQUAL(instance, 0);
}

static void other_machines_are_not_there(void)
{
    struct helper_device *device = helper_device_start("echo");
    HMACHINE other = (HMACHINE)(ULONG_PTR)1;
    DEVINST instance;
    DEVINST same;
    ULONG length;

    CHECK_EQUAL(CM_Locate_DevNode_ExW(&instance, path, 0, other), CR_INVALID_MACHINENAME);
    CHECK_EQUAL(CM_Locate_DevNode_ExW(&instance, path, 0, NULL), CR_SUCCESS);
    CHECK_EQUAL(CM_Locate_DevNode_ExA(&same, (char *)"ROOT\\ECHO\\0000", 0, NULL), CR_SUCCESS);
    CHECK_EQUAL(same, instance);
    CHECK_EQUAL(CM_Get_Device_ID_Size_Ex(&length, instance, 0, NULL), CR_SUCCESS);
    CHECK_EQUAL(length, length_of(path));
    CHECK_EQUAL(CM_Reenumerate_DevNode_Ex(instance, 0, other), CR_INVALID_MACHINENAME);
    tear_down(device);
}

static void relatives_are_found(void)
{
    struct helper_device *device = helper_device_start("echo");
    struct helper_device *second = helper_device_start("foxtrot");
    DEVINST instance = locate();
    DEVINST root;
    DEVINST child;
    DEVINST sibling;
    ULONG depth;

    CHECK_EQUAL(CM_Get_Parent(&root, instance, 0), CR_SUCCESS);
    CHECK_EQUAL(CM_Get_Child(&child, root, 0), CR_SUCCESS);
    CHECK_EQUAL(child, instance);
    CHECK_EQUAL(CM_Get_Sibling(&sibling, child, 0), CR_SUCCESS);
    CHECK(sibling != child);
    CHECK_EQUAL(CM_Get_Sibling(&sibling, sibling, 0), CR_NO_SUCH_DEVNODE);
    CHECK_EQUAL(CM_Get_Child(&child, instance, 0), CR_NO_SUCH_DEVNODE);
    CHECK_EQUAL(CM_Get_Parent(&child, root, 0), CR_NO_SUCH_DEVNODE);
    CHECK_EQUAL(CM_Get_Sibling(&child, root, 0), CR_NO_SUCH_DEVNODE);
    CHECK_EQUAL(CM_Get_Parent(NULL, instance, 0), CR_INVALID_POINTER);
    CHECK_EQUAL(CM_Get_Parent(&child, instance, 1), CR_INVALID_FLAG);
    CHECK_EQUAL(CM_Get_Depth(&depth, instance, 0), CR_SUCCESS);
    CHECK_EQUAL(depth, 1);
    helper_device_remove(second);
    helper_device_free(second);
    tear_down(device);
}

static void number_of_a_devnode_that_left_is_invalid(void)
{
    struct helper_device *device = helper_device_start("echo");
    DEVINST instance = locate();
    ULONG status;
    ULONG problem;
    WCHAR text[MAX_DEVICE_ID_LEN];

    tear_down(device);
    CHECK_EQUAL(CM_Get_DevNode_Status(&status, &problem, instance, 0), CR_INVALID_DEVINST);
    CHECK_EQUAL(CM_Get_Device_IDW(instance, text, ARRAYSIZE(text), 0), CR_INVALID_DEVINST);
    CHECK_EQUAL(CM_Get_Parent(&instance, instance, 0), CR_INVALID_DEVINST);
    CHECK_EQUAL(CM_Get_Parent(&instance, 0, 0), CR_INVALID_DEVINST);
    device = helper_device_start("echo");
    CHECK(locate() != instance);
    tear_down(device);
}

static void path_fits_exactly_or_not_at_all(void)
{
    struct helper_device *device = helper_device_start("echo");
    DEVINST instance = locate();
    WCHAR text[MAX_DEVICE_ID_LEN] = L"";
    char narrow[MAX_DEVICE_ID_LEN];
    ULONG length;

    CHECK_EQUAL(CM_Get_Device_ID_Size(&length, instance, 0), CR_SUCCESS);
    CHECK_EQUAL(length, length_of(path));
    CHECK_EQUAL(CM_Get_Device_IDW(instance, text, length, 0), CR_BUFFER_SMALL);
    CHECK_EQUAL(CM_Get_Device_IDW(instance, text, length + 1, 0), CR_SUCCESS);
    CHECK(same_text(text, path));
    CHECK_EQUAL(CM_Get_Device_IDA(instance, narrow, length + 1, 0), CR_SUCCESS);
    CHECK(strcmp(narrow, "ROOT\\ECHO\\0000") == 0);
    CHECK_EQUAL(CM_Get_Device_IDW(instance, NULL, 10, 0), CR_INVALID_POINTER);
    CHECK_EQUAL(CM_Get_Device_IDW(instance, text, 10, 1), CR_INVALID_FLAG);
    tear_down(device);
}

static void status_tells_of_start_and_disabling(void)
{
    struct helper_device *device = helper_device_start("echo");
    DEVINST instance = locate();
    ULONG status;
    ULONG problem;

    CHECK_EQUAL(CM_Get_DevNode_Status(&status, &problem, instance, 0), CR_SUCCESS);
    CHECK((status & (DN_STARTED | DN_DRIVER_LOADED | DN_ROOT_ENUMERATED | DN_HAS_PROBLEM)) ==
          (DN_STARTED | DN_DRIVER_LOADED | DN_ROOT_ENUMERATED));
    CHECK_EQUAL(problem, 0);
    CHECK_EQUAL(CM_Disable_DevNode(instance, 0x80), CR_INVALID_FLAG);
    CHECK_EQUAL(CM_Disable_DevNode(instance, CM_DISABLE_UI_NOT_OK), CR_SUCCESS);
    CHECK_EQUAL(CM_Get_DevNode_Status(&status, &problem, instance, 0), CR_SUCCESS);
    CHECK((status & DN_STARTED) == 0 && (status & DN_HAS_PROBLEM) != 0);
    CHECK_EQUAL(problem, CM_PROB_DISABLED);
    CHECK_EQUAL(CM_Enable_DevNode(instance, 0), CR_SUCCESS);
    helper_settle();
    CHECK_EQUAL(CM_Get_DevNode_Status(&status, &problem, instance, 0), CR_SUCCESS);
    CHECK((status & DN_STARTED) != 0);
    CHECK_EQUAL(CM_Reenumerate_DevNode(instance, CM_REENUMERATE_ASYNCHRONOUS), CR_SUCCESS);
    CHECK_EQUAL(CM_Reenumerate_DevNode(instance, CM_REENUMERATE_NORMAL), CR_SUCCESS);
    tear_down(device);
}

static void veto_names_the_device(void)
{
    struct helper_device *device = helper_device_start("echo");
    DEVINST instance = locate();
    PNP_VETO_TYPE type = PNP_VetoTypeUnknown;
    WCHAR name[64];
    char narrow[6];

    helper_device_refuse(device, true);
    CHECK_EQUAL(CM_Query_And_Remove_SubTreeW(instance, &type, name, ARRAYSIZE(name), 0), CR_REMOVE_VETOED);
    CHECK_EQUAL(type, PNP_VetoDriver);
    CHECK(same_text(name, path));
    CHECK_EQUAL(CM_Query_And_Remove_SubTreeA(instance, &type, narrow, sizeof(narrow), 0), CR_REMOVE_VETOED);
    CHECK(strcmp(narrow, "ROOT\\") == 0);
    CHECK_EQUAL(CM_Disable_DevNode(instance, 0), CR_REMOVE_VETOED);
    CHECK_EQUAL(CM_Query_And_Remove_SubTreeW(instance, &type, NULL, 1, 0), CR_INVALID_POINTER);
    CHECK_EQUAL(CM_Query_And_Remove_SubTreeW(instance, &type, NULL, 0, 0x80), CR_INVALID_FLAG);
    tear_down(device);
}

static void list_of_paths_is_filtered(void)
{
    struct helper_device *device = helper_device_start("echo");
    ULONG length;
    WCHAR list[64];
    char narrow[64];

    CHECK_EQUAL(CM_Get_Device_ID_List_SizeW(&length, L"ROOT", CM_GETIDLIST_FILTER_ENUMERATOR), CR_SUCCESS);
    CHECK_EQUAL(length, length_of(path) + 2);
    CHECK_EQUAL(CM_Get_Device_ID_ListW(L"ROOT", list, length - 1, CM_GETIDLIST_FILTER_ENUMERATOR), CR_BUFFER_SMALL);
    CHECK_EQUAL(CM_Get_Device_ID_ListW(L"root\\echo", list, length, CM_GETIDLIST_FILTER_ENUMERATOR), CR_SUCCESS);
    CHECK(same_text(list, path));
    CHECK_EQUAL(list[length - 1], 0);
    CHECK_EQUAL(CM_Get_Device_ID_ListW(L"ROO", list, 64, CM_GETIDLIST_FILTER_ENUMERATOR), CR_SUCCESS);
    CHECK_EQUAL(list[0], 0);
    CHECK_EQUAL(CM_Get_Device_ID_ListA("echo", narrow, 64, CM_GETIDLIST_FILTER_SERVICE | CM_GETIDLIST_FILTER_PRESENT),
                CR_SUCCESS);
    CHECK(strcmp(narrow, "ROOT\\ECHO\\0000") == 0);
    CHECK_EQUAL(CM_Get_Device_ID_List_SizeW(&length, L"{11111111-1111-1111-1111-111111111111}", CM_GETIDLIST_FILTER_CLASS),
                CR_SUCCESS);
    CHECK_EQUAL(length, 1);
    CHECK_EQUAL(CM_Get_Device_ID_List_SizeW(&length, NULL, CM_GETIDLIST_FILTER_CLASS), CR_INVALID_POINTER);
    CHECK_EQUAL(CM_Get_Device_ID_List_SizeW(&length, L"x", 0x3), CR_INVALID_FLAG);
    CHECK_EQUAL(CM_Get_Device_ID_List_SizeW(NULL, NULL, 0), CR_INVALID_POINTER);
    tear_down(device);
}

static void class_filter_goes_by_the_class_that_was_set(void)
{
    struct helper_device *device = helper_device_start("echo");
    ULONG length;

    CHECK_EQUAL(CM_Set_DevNode_PropertyW(locate(), &DEVPKEY_Device_ClassGuid, DEVPROP_TYPE_GUID, (const BYTE *)&class,
                                         sizeof(class), 0),
                CR_SUCCESS);
    CHECK_EQUAL(CM_Get_Device_ID_List_SizeW(&length, L"{11111111-1111-1111-1111-111111111111}",
                                            CM_GETIDLIST_FILTER_CLASS | CM_GETIDLIST_FILTER_PRESENT),
                CR_SUCCESS);
    CHECK_EQUAL(length, length_of(path) + 2);
    tear_down(device);
    helper_forget_registry();
}

/*
 * Properties.
 */

static void property_of_a_devnode_is_typed(void)
{
    struct helper_device *device = helper_device_start("echo");
    DEVINST instance = locate();
    DEVPROPTYPE type;
    WCHAR text[64];
    ULONG size = 0;
    UINT32 status;

    CHECK_EQUAL(CM_Get_DevNode_PropertyW(instance, &DEVPKEY_Device_InstanceId, &type, NULL, &size, 0), CR_BUFFER_SMALL);
    CHECK_EQUAL(size, sizeof(path));
    CHECK_EQUAL(type, DEVPROP_TYPE_STRING);
    CHECK_EQUAL(CM_Get_DevNode_PropertyW(instance, &DEVPKEY_Device_InstanceId, &type, (PBYTE)text, &size, 0), CR_SUCCESS);
    CHECK(same_text(text, path));
    size = sizeof(status);
    CHECK_EQUAL(CM_Get_DevNode_PropertyW(instance, &DEVPKEY_Device_DevNodeStatus, &type, (PBYTE)&status, &size, 0),
                CR_SUCCESS);
    CHECK_EQUAL(type, DEVPROP_TYPE_UINT32);
    CHECK((status & DN_STARTED) != 0);
    CHECK_EQUAL(CM_Get_DevNode_PropertyW(instance, &DEVPKEY_Device_FriendlyName, &type, (PBYTE)text, &size, 0),
                CR_NO_SUCH_VALUE);
    CHECK_EQUAL(size, 0);
    CHECK_EQUAL(CM_Get_DevNode_PropertyW(instance, NULL, &type, NULL, &size, 0), CR_INVALID_POINTER);
    CHECK_EQUAL(CM_Get_DevNode_PropertyW(instance, &DEVPKEY_Device_FriendlyName, &type, NULL, &size, 1), CR_INVALID_FLAG);
    CHECK_EQUAL(CM_Get_DevNode_PropertyW(0, &DEVPKEY_Device_FriendlyName, &type, NULL, &size, 0), CR_INVALID_DEVINST);
    tear_down(device);
}

static void property_of_the_registry_is_told_by_number(void)
{
    struct helper_device *device = helper_device_start("echo");
    DEVINST instance = locate();
    ULONG type;
    WCHAR text[64];
    char narrow[64];
    ULONG size = sizeof(text);

    CHECK_EQUAL(CM_Get_DevNode_Registry_PropertyW(instance, CM_DRP_ENUMERATOR_NAME, &type, text, &size, 0), CR_SUCCESS);
    CHECK_EQUAL(type, REG_SZ);
    CHECK_EQUAL(size, sizeof(L"ROOT"));
    CHECK(same_text(text, L"ROOT"));
    size = sizeof(narrow);
    CHECK_EQUAL(CM_Get_DevNode_Registry_PropertyA(instance, CM_DRP_SERVICE, &type, narrow, &size, 0), CR_SUCCESS);
    CHECK(strcmp(narrow, "echo") == 0);
    CHECK_EQUAL(size, sizeof("echo"));
    size = 1;
    CHECK_EQUAL(CM_Get_DevNode_Registry_PropertyW(instance, CM_DRP_CAPABILITIES, &type, text, &size, 0), CR_BUFFER_SMALL);
    CHECK_EQUAL(size, sizeof(DWORD));
    CHECK_EQUAL(type, REG_DWORD);
    CHECK_EQUAL(CM_Get_DevNode_Registry_PropertyW(instance, CM_DRP_MFG, &type, text, &size, 0), CR_NO_SUCH_VALUE);
    CHECK_EQUAL(CM_Get_DevNode_Registry_PropertyW(instance, 0, &type, text, &size, 0), CR_INVALID_PROPERTY);
    CHECK_EQUAL(CM_Get_DevNode_Registry_PropertyW(instance, 0x100, &type, text, &size, 0), CR_INVALID_PROPERTY);
    CHECK_EQUAL(CM_Get_DevNode_Registry_PropertyW(instance, CM_DRP_MFG, &type, text, NULL, 0), CR_INVALID_POINTER);
    CHECK_EQUAL(CM_Get_DevNode_Registry_PropertyW(instance, CM_DRP_MFG, &type, text, &size, 1), CR_INVALID_FLAG);
    tear_down(device);
}

static void keys_are_listed(void)
{
    struct helper_device *device = helper_device_start("echo");
    DEVPROPKEY keys[64];
    ULONG count = 0;

    CHECK_EQUAL(CM_Get_DevNode_Property_Keys(locate(), NULL, &count, 0), CR_BUFFER_SMALL);
    CHECK(count > 5 && count <= 64);
    CHECK_EQUAL(CM_Get_DevNode_Property_Keys(locate(), keys, &count, 0), CR_SUCCESS);
    CHECK_EQUAL(CM_Get_DevNode_Property_Keys(locate(), NULL, NULL, 0), CR_INVALID_POINTER);
    tear_down(device);
}

/*
 * Interfaces.
 */

static const WCHAR link[] = L"\\\\?\\ROOT#ECHO#0000#{11111111-1111-1111-1111-111111111111}";

static void list_of_interfaces_has_what_is_enabled_or_everything(void)
{
    struct helper_device *device = helper_device_start("echo");
    WCHAR list[256];
    char narrow[256];
    ULONG length;

    helper_interface_register(device, CLASS_NUMBER, NULL);
    CHECK_EQUAL(CM_Get_Device_Interface_List_SizeW(&length, &class, NULL, CM_GET_DEVICE_INTERFACE_LIST_PRESENT), CR_SUCCESS);
    CHECK_EQUAL(length, 1);
    CHECK_EQUAL(CM_Get_Device_Interface_List_SizeW(&length, &class, path, CM_GET_DEVICE_INTERFACE_LIST_ALL_DEVICES),
                CR_SUCCESS);
    CHECK_EQUAL(length, ARRAYSIZE(link) + 1);
    helper_interface_enable(device, CLASS_NUMBER, true);
    CHECK_EQUAL(CM_Get_Device_Interface_ListW(&class, NULL, list, length - 1, 0), CR_BUFFER_SMALL);
    CHECK_EQUAL(CM_Get_Device_Interface_ListW(&class, NULL, list, length, 0), CR_SUCCESS);
    CHECK(same_text(list, link));
    CHECK_EQUAL(list[length - 1], 0);
    CHECK_EQUAL(CM_Get_Device_Interface_ListA(&class, NULL, narrow, length, 0), CR_SUCCESS);
    CHECK(strcmp(narrow, "\\\\?\\ROOT#ECHO#0000#{11111111-1111-1111-1111-111111111111}") == 0);
    CHECK_EQUAL(CM_Get_Device_Interface_ListW(&other_class, NULL, list, 256, 0), CR_SUCCESS);
    CHECK_EQUAL(list[0], 0);
    tear_down(device);
}

static void lists_of_interfaces_say_what_is_wrong(void)
{
    static WCHAR unknown[] = L"ROOT\\NOBODY\\0000";
    WCHAR list[4];
    ULONG length;

    CHECK_EQUAL(CM_Get_Device_Interface_List_SizeW(NULL, &class, NULL, 0), CR_INVALID_POINTER);
    CHECK_EQUAL(CM_Get_Device_Interface_List_SizeW(&length, NULL, NULL, 0), CR_INVALID_POINTER);
    CHECK_EQUAL(CM_Get_Device_Interface_List_SizeW(&length, &class, NULL, 2), CR_INVALID_FLAG);
    CHECK_EQUAL(CM_Get_Device_Interface_List_SizeW(&length, &class, unknown, 0), CR_NO_SUCH_DEVNODE);
    CHECK_EQUAL(CM_Get_Device_Interface_ListW(&class, NULL, NULL, 4, 0), CR_INVALID_POINTER);
    CHECK_EQUAL(CM_Get_Device_Interface_ListW(&class, NULL, list, 0, 0), CR_INVALID_POINTER);
    CHECK_EQUAL(CM_Get_Device_Interface_List_Size_ExW(&length, &class, NULL, 0, (HMACHINE)1), CR_INVALID_MACHINENAME);
}

static void property_of_an_interface_leads_to_the_device(void)
{
    static const DEVPROPKEY own = {CLASS, 2};
    struct helper_device *device = helper_device_start("echo");
    DEVPROPTYPE type;
    WCHAR text[64];
    ULONG size = sizeof(text);
    UINT32 number = 7;
    DEVPROPKEY keys[8];
    ULONG count = ARRAYSIZE(keys);

    helper_interface_register(device, CLASS_NUMBER, NULL);
    CHECK_EQUAL(CM_Get_Device_Interface_PropertyW(link, &DEVPKEY_Device_InstanceId, &type, (PBYTE)text, &size, 0),
                CR_SUCCESS);
    CHECK(same_text(text, path));
    CHECK_EQUAL(CM_Get_Device_Interface_PropertyW(link, &own, &type, (PBYTE)text, &size, 0), CR_NO_SUCH_VALUE);
    CHECK_EQUAL(CM_Set_Device_Interface_PropertyW(link, &own, DEVPROP_TYPE_UINT32, (PBYTE)&number, 3, 0), CR_INVALID_DATA);
    CHECK_EQUAL(CM_Set_Device_Interface_PropertyW(link, &own, DEVPROP_TYPE_UINT32, (PBYTE)&number, 4, 0), CR_SUCCESS);
    number = 0;
    size = sizeof(number);
    CHECK_EQUAL(CM_Get_Device_Interface_PropertyW(link, &own, &type, (PBYTE)&number, &size, 0), CR_SUCCESS);
    CHECK_EQUAL(number, 7);
    CHECK_EQUAL(CM_Get_Device_Interface_Property_KeysW(link, keys, &count, 0), CR_SUCCESS);
    CHECK_EQUAL(count, 4);
    CHECK_EQUAL(CM_Get_Device_Interface_PropertyW(link, NULL, &type, (PBYTE)text, &size, 0), CR_FAILURE);
    CHECK_EQUAL(CM_Get_Device_Interface_PropertyW(L"\\\\?\\X", &own, &type, (PBYTE)text, &size, 0),
                CR_NO_SUCH_DEVICE_INTERFACE);
    CHECK_EQUAL(CM_Set_Device_Interface_PropertyW(link, &DEVPKEY_Device_InstanceId, DEVPROP_TYPE_EMPTY, NULL, 0, 0),
                CR_ACCESS_DENIED);
    tear_down(device);
}

static void alias_is_of_the_same_device(void)
{
    struct helper_device *device = helper_device_start("echo");
    WCHAR alias[128];
    ULONG length = ARRAYSIZE(alias);

    helper_interface_register(device, CLASS_NUMBER, NULL);
    CHECK_EQUAL(CM_Get_Device_Interface_AliasW(link, &other_class, alias, &length, 0), CR_NO_SUCH_DEVICE_INTERFACE);
    helper_interface_register(device, 0x22, NULL);
    length = 0;
    CHECK_EQUAL(CM_Get_Device_Interface_AliasW(link, &other_class, NULL, &length, 0), CR_BUFFER_SMALL);
    CHECK_EQUAL(length, ARRAYSIZE(link));
    CHECK_EQUAL(CM_Get_Device_Interface_AliasW(link, &other_class, alias, &length, 0), CR_SUCCESS);
    CHECK(same_text(alias, L"\\\\?\\ROOT#ECHO#0000#{22222222-2222-2222-2222-222222222222}"));
    CHECK_EQUAL(CM_Get_Device_Interface_AliasW(NULL, &other_class, alias, &length, 0), CR_INVALID_POINTER);
    tear_down(device);
}

static void key_of_an_interface_is_opened_or_made(void)
{
    struct helper_device *device = helper_device_start("echo");
    DWORD number = 7;
    DWORD size = sizeof(number);
    HKEY key;

    helper_interface_register(device, CLASS_NUMBER, NULL);
    CHECK_EQUAL(CM_Open_Device_Interface_KeyW(link, KEY_READ, RegDisposition_OpenExisting, &key, 0),
                CR_NO_SUCH_REGISTRY_KEY);
    CHECK(key == NULL);
    CHECK_EQUAL(CM_Open_Device_Interface_KeyW(link, KEY_ALL_ACCESS, RegDisposition_OpenAlways, &key, 0), CR_SUCCESS);
    CHECK_EQUAL(RegSetValueExW(key, L"Number", 0, REG_DWORD, (const BYTE *)&number, sizeof(number)), ERROR_SUCCESS);
    CHECK_EQUAL(RegCloseKey(key), ERROR_SUCCESS);
    number = 0;
    CHECK_EQUAL(CM_Open_Device_Interface_KeyA("\\\\?\\ROOT#ECHO#0000#{11111111-1111-1111-1111-111111111111}", KEY_READ,
                                              RegDisposition_OpenExisting, &key, 0),
                CR_SUCCESS);
    CHECK_EQUAL(RegQueryValueExW(key, L"Number", NULL, NULL, (BYTE *)&number, &size), ERROR_SUCCESS);
    CHECK_EQUAL(number, 7);
    CHECK_EQUAL(RegCloseKey(key), ERROR_SUCCESS);
    CHECK_EQUAL(CM_Open_Device_Interface_KeyW(L"\\\\?\\X", KEY_READ, 0, &key, 0), CR_NO_SUCH_DEVICE_INTERFACE);
    CHECK_EQUAL(CM_Open_Device_Interface_KeyW(link, KEY_READ, 2, &key, 0), CR_INVALID_DATA);
    CHECK_EQUAL(CM_Open_Device_Interface_KeyW(link, KEY_READ, 0, &key, 1), CR_INVALID_FLAG);
    CHECK_EQUAL(CM_Open_Device_Interface_KeyW(NULL, KEY_READ, 0, &key, 0), CR_INVALID_POINTER);
    tear_down(device);
    helper_forget_registry();
}

/*
 * Notification. What was heard, a digit for each action.
 */

static struct
{
    char actions[32];
    volatile LONG count;
    CONFIGRET own_end;
    volatile LONG inside;
    bool ends_itself;
} heard;

static DWORD CALLBACK hear(HCMNOTIFICATION notification, PVOID context, CM_NOTIFY_ACTION action, PCM_NOTIFY_EVENT_DATA data,
                           DWORD size)
{
    LONG place = InterlockedIncrement(&heard.count) - 1;

    CHECK(context == &heard);
    CHECK(size >= sizeof(*data));
    CHECK_EQUAL(InterlockedIncrement(&heard.inside), 1);
    heard.actions[place % 31] = (char)('0' + action);
    if (data->FilterType == CM_NOTIFY_FILTER_TYPE_DEVICEINTERFACE)
    {
        CHECK(same_text(data->u.DeviceInterface.SymbolicLink, link));
        CHECK(memcmp(&data->u.DeviceInterface.ClassGuid, &class, sizeof(class)) == 0);
    }
    else
    {
        CHECK_EQUAL(data->FilterType, CM_NOTIFY_FILTER_TYPE_DEVICEINSTANCE);
        CHECK(same_text(data->u.DeviceInstance.InstanceId, path));
    }
    if (heard.ends_itself)
    {
        heard.own_end = CM_Unregister_Notification(notification);
    }
    CHECK_EQUAL(InterlockedDecrement(&heard.inside), 0);
    return ERROR_SUCCESS;
}

static HCMNOTIFICATION listen(CM_NOTIFY_FILTER *filter)
{
    HCMNOTIFICATION notification;

    memset(&heard, 0, sizeof(heard));
    filter->cbSize = sizeof(*filter);
    CHECK_EQUAL(CM_Register_Notification(filter, &heard, hear, &notification), CR_SUCCESS);
    return notification;
}

static void heard_is(const char *expected)
{
    helper_settle();
    heard.actions[heard.count] = 0;
    if (strcmp(heard.actions, expected) != 0)
    {
        nt_check_failed(heard.actions, 0, expected);
    }
}

static void interfaces_are_heard_in_order_and_not_from_before(ULONG flags, GUID guid)
{
    struct helper_device *device = helper_device_start("echo");
    CM_NOTIFY_FILTER filter = {.Flags = flags, .FilterType = CM_NOTIFY_FILTER_TYPE_DEVICEINTERFACE};
    HCMNOTIFICATION notification;

    filter.u.DeviceInterface.ClassGuid = guid;
    helper_interface_enable(device, CLASS_NUMBER, true);
    helper_settle();
    notification = listen(&filter);
    helper_interface_enable(device, CLASS_NUMBER, false);
    helper_interface_enable(device, CLASS_NUMBER, true);
    heard_is("10");
    CHECK_EQUAL(CM_Unregister_Notification(notification), CR_SUCCESS);
    helper_interface_enable(device, CLASS_NUMBER, false);
    heard_is("10");
    tear_down(device);
}

static void interfaces_of_a_class_are_heard_in_order(void)
{
    interfaces_are_heard_in_order_and_not_from_before(0, class);
}

static void interfaces_of_all_classes_are_heard_in_order(void)
{
    GUID none = {0};

    interfaces_are_heard_in_order_and_not_from_before(CM_NOTIFY_FILTER_FLAG_ALL_INTERFACE_CLASSES, none);
}

static void instance_is_heard_from_its_arrival_to_its_end(void)
{
    CM_NOTIFY_FILTER filter = {.FilterType = CM_NOTIFY_FILTER_TYPE_DEVICEINSTANCE};
    HCMNOTIFICATION notification;
    struct helper_device *other;

    memcpy(filter.u.DeviceInstance.InstanceId, path, sizeof(path));
    notification = listen(&filter);
    other = helper_device_start("foxtrot");
    tear_down(helper_device_start("echo"));
    tear_down(other);
    heard_is("789");
    CHECK_EQUAL(CM_Unregister_Notification(notification), CR_SUCCESS);
}

static void all_instances_are_heard(void)
{
    CM_NOTIFY_FILTER filter = {.Flags = CM_NOTIFY_FILTER_FLAG_ALL_DEVICE_INSTANCES,
                               .FilterType = CM_NOTIFY_FILTER_TYPE_DEVICEINSTANCE};
    HCMNOTIFICATION notification = listen(&filter);

    tear_down(helper_device_start("echo"));
    heard_is("789");
    CHECK_EQUAL(CM_Unregister_Notification(notification), CR_SUCCESS);
}

/* A program that has a file open. */
static struct
{
    char actions[16];
    size_t count;
    HANDLE file;
    DWORD answer;
} holder;

static DWORD CALLBACK hold(HCMNOTIFICATION notification, PVOID context, CM_NOTIFY_ACTION action, PCM_NOTIFY_EVENT_DATA data,
                           DWORD size)
{
    (void)notification;
    (void)context;
    CHECK_EQUAL(data->FilterType, CM_NOTIFY_FILTER_TYPE_DEVICEHANDLE);
    CHECK(size >= sizeof(*data));
    holder.actions[holder.count++] = (char)('0' + action);
    if (action == CM_NOTIFY_ACTION_DEVICECUSTOMEVENT)
    {
        CHECK(memcmp(&data->u.DeviceHandle.EventGuid, &class, sizeof(class)) == 0);
        CHECK_EQUAL(data->u.DeviceHandle.NameOffset, -1);
        CHECK_EQUAL(data->u.DeviceHandle.DataSize, 1);
        CHECK_EQUAL(data->u.DeviceHandle.Data[0], CLASS_NUMBER);
    }
    if (action == CM_NOTIFY_ACTION_DEVICEQUERYREMOVE && holder.answer == ERROR_SUCCESS)
    {
        CHECK(CloseHandle(holder.file));
    }
    return action == CM_NOTIFY_ACTION_DEVICEQUERYREMOVE ? holder.answer : ERROR_SUCCESS;
}

static void holder_of_a_file_hears_of_events_and_may_refuse_removal(void)
{
    struct helper_device *device = helper_device_start("echo");
    CM_NOTIFY_FILTER filter = {.cbSize = sizeof(filter), .FilterType = CM_NOTIFY_FILTER_TYPE_DEVICEHANDLE};
    HCMNOTIFICATION notification;
    PNP_VETO_TYPE type;

    memset(&holder, 0, sizeof(holder));
    helper_interface_enable(device, CLASS_NUMBER, true);
    holder.file = CreateFileW(link, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    CHECK(holder.file != INVALID_HANDLE_VALUE);
    filter.u.DeviceHandle.hTarget = holder.file;
    CHECK_EQUAL(CM_Register_Notification(&filter, NULL, hold, &notification), CR_SUCCESS);
    helper_report(device, CLASS_NUMBER);
    CHECK(strcmp(holder.actions, "6") == 0);
    holder.answer = ERROR_CANCELLED;
    CHECK_EQUAL(CM_Query_And_Remove_SubTreeW(locate(), &type, NULL, 0, CM_REMOVE_UI_NOT_OK), CR_REMOVE_VETOED);
    CHECK_EQUAL(type, PNP_VetoWindowsApp);
    CHECK(strcmp(holder.actions, "623") == 0);
    holder.answer = ERROR_SUCCESS;
    CHECK_EQUAL(CM_Query_And_Remove_SubTreeW(locate(), &type, NULL, 0, CM_REMOVE_UI_NOT_OK), CR_SUCCESS);
    CHECK(strcmp(holder.actions, "623245") == 0);
    CHECK_EQUAL(CM_Unregister_Notification(notification), CR_SUCCESS);
    helper_device_free(device);
}

static void filter_is_checked(void)
{
    CM_NOTIFY_FILTER good = {.cbSize = sizeof(good), .FilterType = CM_NOTIFY_FILTER_TYPE_DEVICEINTERFACE};
    CM_NOTIFY_FILTER bad;
    HCMNOTIFICATION notification;

    good.u.DeviceInterface.ClassGuid = class;
    CHECK_EQUAL(CM_Register_Notification(&good, NULL, hear, NULL), CR_FAILURE);
    CHECK_EQUAL(CM_Register_Notification(NULL, NULL, hear, &notification), CR_INVALID_DATA);
    CHECK_EQUAL(CM_Register_Notification(&good, NULL, NULL, &notification), CR_INVALID_DATA);
    bad = good;
    bad.cbSize--;
    CHECK_EQUAL(CM_Register_Notification(&bad, NULL, hear, &notification), CR_INVALID_DATA);
    bad = good;
    bad.Reserved = 1;
    CHECK_EQUAL(CM_Register_Notification(&bad, NULL, hear, &notification), CR_INVALID_DATA);
    bad = good;
    bad.Flags = CM_NOTIFY_FILTER_FLAG_ALL_INTERFACE_CLASSES;
    CHECK_EQUAL(CM_Register_Notification(&bad, NULL, hear, &notification), CR_INVALID_DATA);
    bad = good;
    bad.Flags = CM_NOTIFY_FILTER_FLAG_ALL_DEVICE_INSTANCES;
    CHECK_EQUAL(CM_Register_Notification(&bad, NULL, hear, &notification), CR_INVALID_DATA);
    bad = good;
    bad.FilterType = CM_NOTIFY_FILTER_TYPE_MAX;
    CHECK_EQUAL(CM_Register_Notification(&bad, NULL, hear, &notification), CR_INVALID_DATA);
    memset(&bad.u, 0, sizeof(bad.u));
    bad.FilterType = CM_NOTIFY_FILTER_TYPE_DEVICEINSTANCE;
    CHECK_EQUAL(CM_Register_Notification(&bad, NULL, hear, &notification), CR_INVALID_DATA);
    bad.FilterType = CM_NOTIFY_FILTER_TYPE_DEVICEHANDLE;
    CHECK_EQUAL(CM_Register_Notification(&bad, NULL, hear, &notification), CR_INVALID_DATA);
    CHECK(notification == NULL);
    CHECK_EQUAL(CM_Unregister_Notification(NULL), CR_INVALID_DATA);
}

static void callback_cannot_wait_for_itself(void)
{
    struct helper_device *device = helper_device_start("echo");
    CM_NOTIFY_FILTER filter = {.FilterType = CM_NOTIFY_FILTER_TYPE_DEVICEINTERFACE};
    HCMNOTIFICATION notification;

    filter.u.DeviceInterface.ClassGuid = class;
    notification = listen(&filter);
    heard.ends_itself = true;
    helper_interface_enable(device, CLASS_NUMBER, true);
    heard_is("0");
    CHECK_EQUAL(heard.own_end, CR_FAILURE);
    heard.ends_itself = false;
    CHECK_EQUAL(CM_Unregister_Notification(notification), CR_SUCCESS);
    tear_down(device);
}

static void change_interfaces(void *argument)
{
    for (int round = 0; round < 10; round++)
    {
        helper_interface_enable(argument, CLASS_NUMBER, true);
        helper_interface_enable(argument, CLASS_NUMBER, false);
    }
}

static void nothing_is_heard_after_the_end_of_a_registration(void)
{
    struct helper_device *device = helper_device_start("echo");
    CM_NOTIFY_FILTER filter = {.FilterType = CM_NOTIFY_FILTER_TYPE_DEVICEINTERFACE};
    struct nt_thread *thread = nt_thread_start(change_interfaces, device);
    HCMNOTIFICATION notification;
    LONG count;

    filter.u.DeviceInterface.ClassGuid = class;
    for (int round = 0; round < 10; round++)
    {
        notification = listen(&filter);
        helper_let_others_run();
        CHECK_EQUAL(CM_Unregister_Notification(notification), CR_SUCCESS);
        CHECK_EQUAL(heard.inside, 0);
        count = heard.count;
        helper_let_others_run();
        CHECK_EQUAL(heard.count, count);
    }
    nt_thread_join(thread);
    tear_down(device);
}

/*
 * Errors.
 */

static void answers_have_errors_of_win32(void)
{
    CHECK_EQUAL(CM_MapCrToWin32Err(CR_SUCCESS, 5), ERROR_SUCCESS);
    CHECK_EQUAL(CM_MapCrToWin32Err(CR_OUT_OF_MEMORY, 5), ERROR_NOT_ENOUGH_MEMORY);
    CHECK_EQUAL(CM_MapCrToWin32Err(CR_BUFFER_SMALL, 5), ERROR_INSUFFICIENT_BUFFER);
    CHECK_EQUAL(CM_MapCrToWin32Err(CR_NO_SUCH_VALUE, 5), ERROR_NOT_FOUND);
    CHECK_EQUAL(CM_MapCrToWin32Err(CR_NO_SUCH_DEVNODE, 5), 0xE000020B);
    CHECK_EQUAL(CM_MapCrToWin32Err(CR_DLVXD_NOT_FOUND, 5), 5);
}

/* Another thread of the runtime may get the allocation that fails, so how often it succeeds says nothing. */
static void run_out(CONFIGRET (*body)(void))
{
    CONFIGRET result = CR_OUT_OF_MEMORY;

    for (unsigned n = 1; n < 100; n++)
    {
        nt_fail_allocation(n);
        result = body();
        nt_fail_allocation(0);
        CHECK(result == CR_SUCCESS || result == CR_OUT_OF_MEMORY);
    }
    CHECK_EQUAL(result, CR_SUCCESS);
}

static CONFIGRET list_everything(void)
{
    ULONG length;
    CONFIGRET result = CM_Get_Device_ID_List_SizeW(&length, L"echo", CM_GETIDLIST_FILTER_SERVICE);

    return result != CR_SUCCESS ? result : CM_Get_Device_Interface_List_SizeW(&length, &class, path, 0);
}

static CONFIGRET register_and_end(void)
{
    CM_NOTIFY_FILTER filter = {.cbSize = sizeof(filter), .FilterType = CM_NOTIFY_FILTER_TYPE_DEVICEINSTANCE};
    HCMNOTIFICATION notification;
    CONFIGRET result;

    memcpy(filter.u.DeviceInstance.InstanceId, path, sizeof(path));
    result = CM_Register_Notification(&filter, &heard, hear, &notification);
    CHECK((notification == NULL) == (result != CR_SUCCESS));
    return result != CR_SUCCESS ? result : CM_Unregister_Notification(notification);
}

static void what_finds_no_memory_says_so(void)
{
    struct helper_device *device = helper_device_start("echo");

    helper_interface_enable(device, CLASS_NUMBER, true);
    run_out(list_everything);
    run_out(register_and_end);
    tear_down(device);
}

const struct nt_case nt_cases[] = {
    CASE(devnode_is_found_by_path_and_keeps_its_number),
    CASE(locating_says_what_is_wrong),
    CASE(other_machines_are_not_there),
    CASE(relatives_are_found),
    CASE(number_of_a_devnode_that_left_is_invalid),
    CASE(path_fits_exactly_or_not_at_all),
    CASE(status_tells_of_start_and_disabling),
    CASE(veto_names_the_device),
    CASE(list_of_paths_is_filtered),
    CASE(class_filter_goes_by_the_class_that_was_set),
    CASE(property_of_a_devnode_is_typed),
    CASE(property_of_the_registry_is_told_by_number),
    CASE(keys_are_listed),
    CASE(list_of_interfaces_has_what_is_enabled_or_everything),
    CASE(lists_of_interfaces_say_what_is_wrong),
    CASE(property_of_an_interface_leads_to_the_device),
    CASE(alias_is_of_the_same_device),
    CASE(key_of_an_interface_is_opened_or_made),
    CASE(interfaces_of_a_class_are_heard_in_order),
    CASE(interfaces_of_all_classes_are_heard_in_order),
    CASE(instance_is_heard_from_its_arrival_to_its_end),
    CASE(all_instances_are_heard),
    CASE(holder_of_a_file_hears_of_events_and_may_refuse_removal),
    CASE(filter_is_checked),
    CASE(callback_cannot_wait_for_itself),
    CASE(nothing_is_heard_after_the_end_of_a_registration),
    CASE(answers_have_errors_of_win32),
    CASE(what_finds_no_memory_says_so),
    CASES_END,
};
