/* SPDX-License-Identifier: MIT */
/*
 * The device tree for programs: finding device instances, lists of them, and what is done to them.
 */
#include "nt/win32/cfgmgr.h"

#include <string.h>

/* A device instance whose device is not there any more is a number that nothing has. */
static CONFIGRET instance_result(NTSTATUS status)
{
    return status == STATUS_NO_SUCH_DEVICE ? CR_INVALID_DEVINST : cfgmgr_result(status);
}

/*
 * Finding.
 */

CONFIGRET WINAPI CM_Locate_DevNodeW(PDEVINST pdnDevInst, DEVINSTID_W pDeviceID, ULONG ulFlags)
{
    if (pdnDevInst == NULL)
    {
        return CR_INVALID_POINTER;
    }
    *pdnDevInst = 0;
    if ((ulFlags & ~(ULONG)CM_LOCATE_DEVNODE_BITS) != 0)
    {
        return CR_INVALID_FLAG;
    }
    return cfgmgr_result(cm_locate(pDeviceID, (ulFlags & CM_LOCATE_DEVNODE_PHANTOM) != 0, pdnDevInst));
}

CONFIGRET WINAPI CM_Locate_DevNodeA(PDEVINST pdnDevInst, DEVINSTID_A pDeviceID, ULONG ulFlags)
{
    struct wide_text wide;
    CONFIGRET result;

    if (!wide_open(&wide, pDeviceID))
    {
        return CR_OUT_OF_MEMORY;
    }
    result = CM_Locate_DevNodeW(pdnDevInst, wide.text, ulFlags);
    wide_close(&wide);
    return result;
}

static CONFIGRET find_relative(PDEVINST ret_instance, DEVINST instance, enum cm_relation relation, ULONG flags)
{
    if (ret_instance == NULL)
    {
        return CR_INVALID_POINTER;
    }
    if (flags != 0)
    {
        return CR_INVALID_FLAG;
    }
    *ret_instance = 0;
    return instance_result(cm_relative(instance, relation, ret_instance));
}

CONFIGRET WINAPI CM_Get_Parent(PDEVINST pdnDevInst, DEVINST dnDevInst, ULONG ulFlags)
{
    return find_relative(pdnDevInst, dnDevInst, CM_RELATION_PARENT, ulFlags);
}

CONFIGRET WINAPI CM_Get_Child(PDEVINST pdnDevInst, DEVINST dnDevInst, ULONG ulFlags)
{
    return find_relative(pdnDevInst, dnDevInst, CM_RELATION_CHILD, ulFlags);
}

CONFIGRET WINAPI CM_Get_Sibling(PDEVINST pdnDevInst, DEVINST DevInst, ULONG ulFlags)
{
    return find_relative(pdnDevInst, DevInst, CM_RELATION_SIBLING, ulFlags);
}

CONFIGRET WINAPI CM_Get_Depth(PULONG pulDepth, DEVINST dnDevInst, ULONG ulFlags)
{
    if (pulDepth == NULL)
    {
        return CR_INVALID_POINTER;
    }
    return ulFlags != 0 ? CR_INVALID_FLAG : instance_result(cm_depth(dnDevInst, pulDepth));
}

/* A device that is gone but whose files are open has no status: it is not there. */
CONFIGRET WINAPI CM_Get_DevNode_Status(PULONG pulStatus, PULONG pulProblemNumber, DEVINST dnDevInst, ULONG ulFlags)
{
    uint32_t status = 0;
    uint32_t problem = 0;
    CONFIGRET result;

    if (pulStatus == NULL || pulProblemNumber == NULL)
    {
        return CR_INVALID_POINTER;
    }
    *pulStatus = 0;
    *pulProblemNumber = 0;
    result = ulFlags != 0 ? CR_INVALID_FLAG : instance_result(cm_status(dnDevInst, &status, &problem));
    if (result == CR_SUCCESS && (status & DN_DEVICE_DISCONNECTED) != 0 && (status & DN_STARTED) == 0)
    {
        return CR_NO_SUCH_DEVINST;
    }
    *pulStatus = status;
    *pulProblemNumber = problem;
    return result;
}

/*
 * Paths.
 */

static CONFIGRET get_path(DEVINST instance, ULONG flags, struct device_value *ret_path)
{
    return flags != 0 ? CR_INVALID_FLAG : instance_result(cm_instance(instance, ret_path));
}

CONFIGRET WINAPI CM_Get_Device_IDW(DEVINST dnDevInst, PWCHAR Buffer, ULONG BufferLen, ULONG ulFlags)
{
    struct device_value path;
    CONFIGRET result = Buffer == NULL ? CR_INVALID_POINTER : get_path(dnDevInst, ulFlags, &path);

    return result == CR_SUCCESS ? cfgmgr_give_wide(&path, Buffer, BufferLen) : result;
}

CONFIGRET WINAPI CM_Get_Device_IDA(DEVINST dnDevInst, PCHAR Buffer, ULONG BufferLen, ULONG ulFlags)
{
    struct device_value path;
    CONFIGRET result = Buffer == NULL ? CR_INVALID_POINTER : get_path(dnDevInst, ulFlags, &path);

    return result == CR_SUCCESS ? cfgmgr_give_narrow(&path, Buffer, BufferLen) : result;
}

/* Without the terminator, unlike all other sizes. The path is ASCII, so that this is right for both kinds of text. */
CONFIGRET WINAPI CM_Get_Device_ID_Size(PULONG pulLen, DEVINST dnDevInst, ULONG ulFlags)
{
    struct device_value path;
    CONFIGRET result = pulLen == NULL ? CR_INVALID_POINTER : CR_SUCCESS;

    if (result == CR_SUCCESS)
    {
        *pulLen = 0;
        result = get_path(dnDevInst, ulFlags, &path);
    }
    if (result == CR_SUCCESS)
    {
        result = cfgmgr_size_wide(&path, pulLen);
        (*pulLen)--;
    }
    return result;
}

/*
 * Lists. Of the relations only those of the bus are kept; the others a device is asked for when it is to be removed.
 */

#define RELATIONS                                                                                                     \
    (CM_GETIDLIST_FILTER_EJECTRELATIONS | CM_GETIDLIST_FILTER_REMOVALRELATIONS | CM_GETIDLIST_FILTER_POWERRELATIONS | \
     CM_GETIDLIST_FILTER_TRANSPORTRELATIONS)

static CONFIGRET choose_list(PCWSTR filter, ULONG flags, enum cm_list *ret_list)
{
    static const struct
    {
        ULONG flag;
        enum cm_list list;
    } rows[] = {
        {CM_GETIDLIST_FILTER_NONE, CM_LIST_ALL},
        {CM_GETIDLIST_FILTER_ENUMERATOR, CM_LIST_ENUMERATOR},
        {CM_GETIDLIST_FILTER_SERVICE, CM_LIST_SERVICE},
        {CM_GETIDLIST_FILTER_CLASS, CM_LIST_CLASS},
        {CM_GETIDLIST_FILTER_BUSRELATIONS, CM_LIST_BUS_RELATIONS},
    };
    ULONG kind = flags & ~(ULONG)(CM_GETIDLIST_FILTER_PRESENT | CM_GETIDLIST_DONOTGENERATE);

    if ((flags & ~(ULONG)CM_GETIDLIST_FILTER_BITS) != 0)
    {
        return CR_INVALID_FLAG;
    }
    if ((kind & RELATIONS) != 0 && (kind & (kind - 1)) == 0)
    {
        return CR_CALL_NOT_IMPLEMENTED;
    }
    for (size_t index = 0; index < ARRAYSIZE(rows); index++)
    {
        if (rows[index].flag == kind)
        {
            *ret_list = rows[index].list;
            return kind != 0 && (filter == NULL || filter[0] == 0) ? CR_INVALID_POINTER : CR_SUCCESS;
        }
    }
    return CR_INVALID_FLAG;
}

static CONFIGRET list_paths(PCWSTR filter, ULONG flags, struct device_value *ret_paths)
{
    enum cm_list list;
    CONFIGRET result = choose_list(filter, flags, &list);

    return result == CR_SUCCESS ?
               cfgmgr_result(cm_list_instances(list, filter, (flags & CM_GETIDLIST_FILTER_PRESENT) != 0, ret_paths)) :
               result;
}

static CONFIGRET list_paths_narrow(PCSTR filter, ULONG flags, struct device_value *ret_paths)
{
    struct wide_text wide;
    CONFIGRET result;

    if (!wide_open(&wide, filter))
    {
        return CR_OUT_OF_MEMORY;
    }
    result = list_paths(wide.text, flags, ret_paths);
    wide_close(&wide);
    return result;
}

CONFIGRET WINAPI CM_Get_Device_ID_ListW(PCWSTR pszFilter, PWCHAR Buffer, ULONG BufferLen, ULONG ulFlags)
{
    struct device_value paths;
    CONFIGRET result = Buffer == NULL || BufferLen == 0 ? CR_INVALID_POINTER : list_paths(pszFilter, ulFlags, &paths);

    return result == CR_SUCCESS ? cfgmgr_give_wide(&paths, Buffer, BufferLen) : result;
}

CONFIGRET WINAPI CM_Get_Device_ID_ListA(PCSTR pszFilter, PCHAR Buffer, ULONG BufferLen, ULONG ulFlags)
{
    struct device_value paths;
    CONFIGRET result = Buffer == NULL || BufferLen == 0 ? CR_INVALID_POINTER : list_paths_narrow(pszFilter, ulFlags, &paths);

    return result == CR_SUCCESS ? cfgmgr_give_narrow(&paths, Buffer, BufferLen) : result;
}

CONFIGRET WINAPI CM_Get_Device_ID_List_SizeW(PULONG pulLen, PCWSTR pszFilter, ULONG ulFlags)
{
    struct device_value paths;
    CONFIGRET result = pulLen == NULL ? CR_INVALID_POINTER : list_paths(pszFilter, ulFlags, &paths);

    return result == CR_SUCCESS ? cfgmgr_size_wide(&paths, pulLen) : result;
}

CONFIGRET WINAPI CM_Get_Device_ID_List_SizeA(PULONG pulLen, PCSTR pszFilter, ULONG ulFlags)
{
    struct device_value paths;
    CONFIGRET result = pulLen == NULL ? CR_INVALID_POINTER : list_paths_narrow(pszFilter, ulFlags, &paths);

    return result == CR_SUCCESS ? cfgmgr_size_narrow(&paths, pulLen) : result;
}

/*
 * Actions.
 */

CONFIGRET WINAPI CM_Reenumerate_DevNode(DEVINST dnDevInst, ULONG ulFlags)
{
    bool waits = (ulFlags & CM_REENUMERATE_ASYNCHRONOUS) == 0;

    if ((ulFlags & ~(ULONG)CM_REENUMERATE_BITS) != 0)
    {
        return CR_INVALID_FLAG;
    }
    return instance_result(cm_act(dnDevInst, waits ? CM_ACTION_ENUMERATE : CM_ACTION_REQUEST_ENUMERATION, NULL));
}

CONFIGRET WINAPI CM_Enable_DevNode(DEVINST dnDevInst, ULONG ulFlags)
{
    return ulFlags != 0 ? CR_INVALID_FLAG : instance_result(cm_act(dnDevInst, CM_ACTION_ENABLE, NULL));
}

CONFIGRET WINAPI CM_Disable_DevNode(DEVINST dnDevInst, ULONG ulFlags)
{
    struct cm_veto veto = {0};
    NTSTATUS status;

    if ((ulFlags & ~(ULONG)(CM_DISABLE_BITS | CM_DISABLE_PERSIST)) != 0)
    {
        return CR_INVALID_FLAG;
    }
    status = cm_act(dnDevInst, CM_ACTION_DISABLE, &veto);
    if (status < 0 && status != STATUS_NO_SUCH_DEVICE && veto.type == PNP_VetoNonDisableable)
    {
        return CR_NOT_DISABLEABLE;
    }
    return status < 0 && veto.type != PNP_VetoTypeUnknown ? CR_REMOVE_VETOED : instance_result(status);
}

/*
 * Removal with or without a veto's details. Who gives no room for them would have a message shown, which nobody can here.
 */
static CONFIGRET take_away(DEVINST instance, enum cm_action action, PPNP_VETO_TYPE ret_type, struct cm_veto *veto)
{
    NTSTATUS status = cm_act(instance, action, veto);

    if (ret_type != NULL)
    {
        *ret_type = status < 0 && status != STATUS_NO_SUCH_DEVICE ? (PNP_VETO_TYPE)veto->type : PNP_VetoTypeUnknown;
    }
    return status < 0 && veto->type != PNP_VetoTypeUnknown ? CR_REMOVE_VETOED : instance_result(status);
}

/* The name is cut to what there is room for. */
static CONFIGRET take_away_narrow(DEVINST instance, enum cm_action action, PPNP_VETO_TYPE ret_type, LPSTR name, ULONG bytes)
{
    struct cm_veto veto = {0};
    CONFIGRET result = take_away(instance, action, ret_type, &veto);

    if (name != NULL && bytes != 0)
    {
        size_t length = strlen(veto.who);

        length = length < bytes ? length : bytes - 1;
        memcpy(name, veto.who, length);
        name[length] = 0;
    }
    return result;
}

/* Instance paths are ASCII. */
static CONFIGRET take_away_wide(DEVINST instance, enum cm_action action, PPNP_VETO_TYPE ret_type, LPWSTR name, ULONG units)
{
    struct cm_veto veto = {0};
    CONFIGRET result = take_away(instance, action, ret_type, &veto);
    ULONG unit = 0;

    for (; name != NULL && unit + 1 < units && veto.who[unit] != 0; unit++)
    {
        name[unit] = (unsigned char)veto.who[unit];
    }
    if (name != NULL && units != 0)
    {
        name[unit] = 0;
    }
    return result;
}

/* A buffer for the name and its length go together. */
static CONFIGRET check_name(const void *name, ULONG length, ULONG flags, ULONG allowed)
{
    return (flags & ~allowed) != 0 ? CR_INVALID_FLAG : name == NULL && length != 0 ? CR_INVALID_POINTER : CR_SUCCESS;
}

CONFIGRET WINAPI CM_Query_And_Remove_SubTreeW(DEVINST dnAncestor, PPNP_VETO_TYPE pVetoType, LPWSTR pszVetoName,
                                              ULONG ulNameLength, ULONG ulFlags)
{
    CONFIGRET result = check_name(pszVetoName, ulNameLength, ulFlags, CM_REMOVE_BITS);

    return result == CR_SUCCESS ? take_away_wide(dnAncestor, CM_ACTION_REMOVE, pVetoType, pszVetoName, ulNameLength) :
                                  result;
}

CONFIGRET WINAPI CM_Query_And_Remove_SubTreeA(DEVINST dnAncestor, PPNP_VETO_TYPE pVetoType, LPSTR pszVetoName,
                                              ULONG ulNameLength, ULONG ulFlags)
{
    CONFIGRET result = check_name(pszVetoName, ulNameLength, ulFlags, CM_REMOVE_BITS);

    return result == CR_SUCCESS ? take_away_narrow(dnAncestor, CM_ACTION_REMOVE, pVetoType, pszVetoName, ulNameLength) :
                                  result;
}

CONFIGRET WINAPI CM_Request_Device_EjectW(DEVINST dnDevInst, PPNP_VETO_TYPE pVetoType, LPWSTR pszVetoName,
                                          ULONG ulNameLength, ULONG ulFlags)
{
    CONFIGRET result = check_name(pszVetoName, ulNameLength, ulFlags, 0);

    return result == CR_SUCCESS ? take_away_wide(dnDevInst, CM_ACTION_EJECT, pVetoType, pszVetoName, ulNameLength) : result;
}

CONFIGRET WINAPI CM_Request_Device_EjectA(DEVINST dnDevInst, PPNP_VETO_TYPE pVetoType, LPSTR pszVetoName, ULONG ulNameLength,
                                          ULONG ulFlags)
{
    CONFIGRET result = check_name(pszVetoName, ulNameLength, ulFlags, 0);

    return result == CR_SUCCESS ? take_away_narrow(dnDevInst, CM_ACTION_EJECT, pVetoType, pszVetoName, ulNameLength) :
                                  result;
}
