/* SPDX-License-Identifier: MIT */
/*
 * The functions that take a machine besides. There is this one only, which is NULL.
 */
#include "nt/win32/cfgmgr.h"

CONFIGRET WINAPI CM_Disable_DevNode_Ex(DEVINST dnDevInst, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Disable_DevNode(dnDevInst, ulFlags);
}

CONFIGRET WINAPI CM_Enable_DevNode_Ex(DEVINST dnDevInst, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Enable_DevNode(dnDevInst, ulFlags);
}

CONFIGRET WINAPI CM_Get_Child_Ex(PDEVINST pdnDevInst, DEVINST dnDevInst, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Get_Child(pdnDevInst, dnDevInst, ulFlags);
}

CONFIGRET WINAPI CM_Get_Depth_Ex(PULONG pulDepth, DEVINST dnDevInst, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Get_Depth(pulDepth, dnDevInst, ulFlags);
}

CONFIGRET WINAPI CM_Get_Device_ID_ExA(DEVINST dnDevInst, PCHAR Buffer, ULONG BufferLen, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Get_Device_IDA(dnDevInst, Buffer, BufferLen, ulFlags);
}

CONFIGRET WINAPI CM_Get_Device_ID_ExW(DEVINST dnDevInst, PWCHAR Buffer, ULONG BufferLen, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Get_Device_IDW(dnDevInst, Buffer, BufferLen, ulFlags);
}

CONFIGRET WINAPI CM_Get_Device_ID_List_ExA(PCSTR pszFilter, PCHAR Buffer, ULONG BufferLen, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Get_Device_ID_ListA(pszFilter, Buffer, BufferLen, ulFlags);
}

CONFIGRET WINAPI CM_Get_Device_ID_List_ExW(PCWSTR pszFilter, PWCHAR Buffer, ULONG BufferLen, ULONG ulFlags,
                                           HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Get_Device_ID_ListW(pszFilter, Buffer, BufferLen, ulFlags);
}

CONFIGRET WINAPI CM_Get_Device_ID_List_Size_ExA(PULONG pulLen, PCSTR pszFilter, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Get_Device_ID_List_SizeA(pulLen, pszFilter, ulFlags);
}

CONFIGRET WINAPI CM_Get_Device_ID_List_Size_ExW(PULONG pulLen, PCWSTR pszFilter, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Get_Device_ID_List_SizeW(pulLen, pszFilter, ulFlags);
}

CONFIGRET WINAPI CM_Get_Device_ID_Size_Ex(PULONG pulLen, DEVINST dnDevInst, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Get_Device_ID_Size(pulLen, dnDevInst, ulFlags);
}

CONFIGRET WINAPI CM_Get_DevNode_Registry_Property_ExA(DEVINST dnDevInst, ULONG ulProperty, PULONG pulRegDataType,
                                                      PVOID Buffer, PULONG pulLength, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ?
               CR_INVALID_MACHINENAME :
               CM_Get_DevNode_Registry_PropertyA(dnDevInst, ulProperty, pulRegDataType, Buffer, pulLength, ulFlags);
}

CONFIGRET WINAPI CM_Get_DevNode_Registry_Property_ExW(DEVINST dnDevInst, ULONG ulProperty, PULONG pulRegDataType,
                                                      PVOID Buffer, PULONG pulLength, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ?
               CR_INVALID_MACHINENAME :
               CM_Get_DevNode_Registry_PropertyW(dnDevInst, ulProperty, pulRegDataType, Buffer, pulLength, ulFlags);
}

CONFIGRET WINAPI CM_Get_DevNode_Status_Ex(PULONG pulStatus, PULONG pulProblemNumber, DEVINST dnDevInst, ULONG ulFlags,
                                          HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME :
                              CM_Get_DevNode_Status(pulStatus, pulProblemNumber, dnDevInst, ulFlags);
}

CONFIGRET WINAPI CM_Get_Device_Interface_Alias_ExA(LPCSTR pszDeviceInterface, LPGUID AliasInterfaceGuid,
                                                   LPSTR pszAliasDeviceInterface, PULONG pulLength, ULONG ulFlags,
                                                   HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME :
                              CM_Get_Device_Interface_AliasA(pszDeviceInterface, AliasInterfaceGuid, pszAliasDeviceInterface,
                                                             pulLength, ulFlags);
}

CONFIGRET WINAPI CM_Get_Device_Interface_Alias_ExW(LPCWSTR pszDeviceInterface, LPGUID AliasInterfaceGuid,
                                                   LPWSTR pszAliasDeviceInterface, PULONG pulLength, ULONG ulFlags,
                                                   HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME :
                              CM_Get_Device_Interface_AliasW(pszDeviceInterface, AliasInterfaceGuid, pszAliasDeviceInterface,
                                                             pulLength, ulFlags);
}

CONFIGRET WINAPI CM_Get_Parent_Ex(PDEVINST pdnDevInst, DEVINST dnDevInst, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Get_Parent(pdnDevInst, dnDevInst, ulFlags);
}

CONFIGRET WINAPI CM_Get_Sibling_Ex(PDEVINST pdnDevInst, DEVINST DevInst, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Get_Sibling(pdnDevInst, DevInst, ulFlags);
}

CONFIGRET WINAPI CM_Locate_DevNode_ExA(PDEVINST pdnDevInst, DEVINSTID_A pDeviceID, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Locate_DevNodeA(pdnDevInst, pDeviceID, ulFlags);
}

CONFIGRET WINAPI CM_Locate_DevNode_ExW(PDEVINST pdnDevInst, DEVINSTID_W pDeviceID, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Locate_DevNodeW(pdnDevInst, pDeviceID, ulFlags);
}

CONFIGRET WINAPI CM_Query_And_Remove_SubTree_ExA(DEVINST dnAncestor, PPNP_VETO_TYPE pVetoType, LPSTR pszVetoName,
                                                 ULONG ulNameLength, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME :
                              CM_Query_And_Remove_SubTreeA(dnAncestor, pVetoType, pszVetoName, ulNameLength, ulFlags);
}

CONFIGRET WINAPI CM_Query_And_Remove_SubTree_ExW(DEVINST dnAncestor, PPNP_VETO_TYPE pVetoType, LPWSTR pszVetoName,
                                                 ULONG ulNameLength, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME :
                              CM_Query_And_Remove_SubTreeW(dnAncestor, pVetoType, pszVetoName, ulNameLength, ulFlags);
}

CONFIGRET WINAPI CM_Request_Device_Eject_ExA(DEVINST dnDevInst, PPNP_VETO_TYPE pVetoType, LPSTR pszVetoName,
                                             ULONG ulNameLength, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME :
                              CM_Request_Device_EjectA(dnDevInst, pVetoType, pszVetoName, ulNameLength, ulFlags);
}

CONFIGRET WINAPI CM_Request_Device_Eject_ExW(DEVINST dnDevInst, PPNP_VETO_TYPE pVetoType, LPWSTR pszVetoName,
                                             ULONG ulNameLength, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME :
                              CM_Request_Device_EjectW(dnDevInst, pVetoType, pszVetoName, ulNameLength, ulFlags);
}

CONFIGRET WINAPI CM_Reenumerate_DevNode_Ex(DEVINST dnDevInst, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME : CM_Reenumerate_DevNode(dnDevInst, ulFlags);
}

CONFIGRET WINAPI CM_Get_DevNode_Property_ExW(DEVINST dnDevInst, const DEVPROPKEY *PropertyKey, DEVPROPTYPE *PropertyType,
                                             PBYTE PropertyBuffer, PULONG PropertyBufferSize, ULONG ulFlags,
                                             HMACHINE hMachine)
{
    return hMachine != NULL ?
               CR_INVALID_MACHINENAME :
               CM_Get_DevNode_PropertyW(dnDevInst, PropertyKey, PropertyType, PropertyBuffer, PropertyBufferSize, ulFlags);
}

CONFIGRET WINAPI CM_Get_DevNode_Property_Keys_Ex(DEVINST dnDevInst, DEVPROPKEY *PropertyKeyArray, PULONG PropertyKeyCount,
                                                 ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME :
                              CM_Get_DevNode_Property_Keys(dnDevInst, PropertyKeyArray, PropertyKeyCount, ulFlags);
}

CONFIGRET WINAPI CM_Set_DevNode_Property_ExW(DEVINST dnDevInst, const DEVPROPKEY *PropertyKey, DEVPROPTYPE PropertyType,
                                             const BYTE *PropertyBuffer, ULONG PropertyBufferSize, ULONG ulFlags,
                                             HMACHINE hMachine)
{
    return hMachine != NULL ?
               CR_INVALID_MACHINENAME :
               CM_Set_DevNode_PropertyW(dnDevInst, PropertyKey, PropertyType, PropertyBuffer, PropertyBufferSize, ulFlags);
}

CONFIGRET WINAPI CM_Get_Device_Interface_Property_ExW(LPCWSTR pszDeviceInterface, const DEVPROPKEY *PropertyKey,
                                                      DEVPROPTYPE *PropertyType, PBYTE PropertyBuffer,
                                                      PULONG PropertyBufferSize, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME :
                              CM_Get_Device_Interface_PropertyW(pszDeviceInterface, PropertyKey, PropertyType,
                                                                PropertyBuffer, PropertyBufferSize, ulFlags);
}

CONFIGRET WINAPI CM_Get_Device_Interface_Property_Keys_ExW(LPCWSTR pszDeviceInterface, DEVPROPKEY *PropertyKeyArray,
                                                           PULONG PropertyKeyCount, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ?
               CR_INVALID_MACHINENAME :
               CM_Get_Device_Interface_Property_KeysW(pszDeviceInterface, PropertyKeyArray, PropertyKeyCount, ulFlags);
}

CONFIGRET WINAPI CM_Set_Device_Interface_Property_ExW(LPCWSTR pszDeviceInterface, const DEVPROPKEY *PropertyKey,
                                                      DEVPROPTYPE PropertyType, const BYTE *PropertyBuffer,
                                                      ULONG PropertyBufferSize, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ? CR_INVALID_MACHINENAME :
                              CM_Set_Device_Interface_PropertyW(pszDeviceInterface, PropertyKey, PropertyType,
                                                                PropertyBuffer, PropertyBufferSize, ulFlags);
}

CONFIGRET WINAPI CM_Open_Device_Interface_Key_ExA(LPCSTR pszDeviceInterface, REGSAM samDesired, REGDISPOSITION Disposition,
                                                  PHKEY phkDeviceInterface, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ?
               CR_INVALID_MACHINENAME :
               CM_Open_Device_Interface_KeyA(pszDeviceInterface, samDesired, Disposition, phkDeviceInterface, ulFlags);
}

CONFIGRET WINAPI CM_Open_Device_Interface_Key_ExW(LPCWSTR pszDeviceInterface, REGSAM samDesired, REGDISPOSITION Disposition,
                                                  PHKEY phkDeviceInterface, ULONG ulFlags, HMACHINE hMachine)
{
    return hMachine != NULL ?
               CR_INVALID_MACHINENAME :
               CM_Open_Device_Interface_KeyW(pszDeviceInterface, samDesired, Disposition, phkDeviceInterface, ulFlags);
}
