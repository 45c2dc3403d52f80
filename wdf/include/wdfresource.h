/* SPDX-License-Identifier: MIT */
/*
 * Hardware resources: the lists of requirements that a bus offers and the lists that the system assigned.
 */
#ifndef WDFRESOURCE_H
#define WDFRESOURCE_H

#include "wdfglobals.h"

/* As an index: after the last descriptor. */
#define WDF_INSERT_AT_END ((ULONG)-1)

EXTERN_C_START

typedef ULONG (*PFN_WDFCMRESOURCELISTGETCOUNT)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCMRESLIST List);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE ULONG WdfCmResourceListGetCount(_In_ WDFCMRESLIST List)
{
    return ((PFN_WDFCMRESOURCELISTGETCOUNT)WdfFunctions[WdfCmResourceListGetCountTableIndex])(WdfDriverGlobals, List);
}

typedef PCM_PARTIAL_RESOURCE_DESCRIPTOR (*PFN_WDFCMRESOURCELISTGETDESCRIPTOR)(PWDF_DRIVER_GLOBALS DriverGlobals,
    WDFCMRESLIST List, ULONG Index);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE PCM_PARTIAL_RESOURCE_DESCRIPTOR WdfCmResourceListGetDescriptor(_In_ WDFCMRESLIST List, _In_ ULONG Index)
{
    return ((PFN_WDFCMRESOURCELISTGETDESCRIPTOR)WdfFunctions[WdfCmResourceListGetDescriptorTableIndex])(WdfDriverGlobals,
        List, Index);
}

#if !defined(UMDF_VERSION_MAJOR)

typedef VOID (*PFN_WDFIORESOURCEREQUIREMENTSLISTSETSLOTNUMBER)(PWDF_DRIVER_GLOBALS DriverGlobals,
    WDFIORESREQLIST RequirementsList, ULONG SlotNumber);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE VOID WdfIoResourceRequirementsListSetSlotNumber(_In_ WDFIORESREQLIST RequirementsList, _In_ ULONG SlotNumber)
{
    ((PFN_WDFIORESOURCEREQUIREMENTSLISTSETSLOTNUMBER)
        WdfFunctions[WdfIoResourceRequirementsListSetSlotNumberTableIndex])(WdfDriverGlobals, RequirementsList, SlotNumber);
}

typedef VOID (*PFN_WDFIORESOURCEREQUIREMENTSLISTSETINTERFACETYPE)(PWDF_DRIVER_GLOBALS DriverGlobals,
    WDFIORESREQLIST RequirementsList, INTERFACE_TYPE InterfaceType);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE VOID WdfIoResourceRequirementsListSetInterfaceType(_In_ WDFIORESREQLIST RequirementsList,
    _In_ _Strict_type_match_ INTERFACE_TYPE InterfaceType)
{
    ((PFN_WDFIORESOURCEREQUIREMENTSLISTSETINTERFACETYPE)
        WdfFunctions[WdfIoResourceRequirementsListSetInterfaceTypeTableIndex])(WdfDriverGlobals, RequirementsList,
        InterfaceType);
}

typedef NTSTATUS (*PFN_WDFIORESOURCEREQUIREMENTSLISTAPPENDIORESLIST)(PWDF_DRIVER_GLOBALS DriverGlobals,
    WDFIORESREQLIST RequirementsList, WDFIORESLIST IoResList);
_Must_inspect_result_
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE NTSTATUS WdfIoResourceRequirementsListAppendIoResList(_In_ WDFIORESREQLIST RequirementsList,
    _In_ WDFIORESLIST IoResList)
{
    return ((PFN_WDFIORESOURCEREQUIREMENTSLISTAPPENDIORESLIST)
        WdfFunctions[WdfIoResourceRequirementsListAppendIoResListTableIndex])(WdfDriverGlobals, RequirementsList, IoResList);
}

typedef NTSTATUS (*PFN_WDFIORESOURCEREQUIREMENTSLISTINSERTIORESLIST)(PWDF_DRIVER_GLOBALS DriverGlobals,
    WDFIORESREQLIST RequirementsList, WDFIORESLIST IoResList, ULONG Index);
_Must_inspect_result_
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE NTSTATUS WdfIoResourceRequirementsListInsertIoResList(_In_ WDFIORESREQLIST RequirementsList,
    _In_ WDFIORESLIST IoResList, _In_ ULONG Index)
{
    return ((PFN_WDFIORESOURCEREQUIREMENTSLISTINSERTIORESLIST)
        WdfFunctions[WdfIoResourceRequirementsListInsertIoResListTableIndex])(WdfDriverGlobals, RequirementsList, IoResList,
        Index);
}

typedef ULONG (*PFN_WDFIORESOURCEREQUIREMENTSLISTGETCOUNT)(PWDF_DRIVER_GLOBALS DriverGlobals,
    WDFIORESREQLIST RequirementsList);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE ULONG WdfIoResourceRequirementsListGetCount(_In_ WDFIORESREQLIST RequirementsList)
{
    return ((PFN_WDFIORESOURCEREQUIREMENTSLISTGETCOUNT)
        WdfFunctions[WdfIoResourceRequirementsListGetCountTableIndex])(WdfDriverGlobals, RequirementsList);
}

typedef WDFIORESLIST (*PFN_WDFIORESOURCEREQUIREMENTSLISTGETIORESLIST)(PWDF_DRIVER_GLOBALS DriverGlobals,
    WDFIORESREQLIST RequirementsList, ULONG Index);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE WDFIORESLIST WdfIoResourceRequirementsListGetIoResList(_In_ WDFIORESREQLIST RequirementsList, _In_ ULONG Index)
{
    return ((PFN_WDFIORESOURCEREQUIREMENTSLISTGETIORESLIST)
        WdfFunctions[WdfIoResourceRequirementsListGetIoResListTableIndex])(WdfDriverGlobals, RequirementsList, Index);
}

typedef VOID (*PFN_WDFIORESOURCEREQUIREMENTSLISTREMOVE)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESREQLIST RequirementsList,
    ULONG Index);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE VOID WdfIoResourceRequirementsListRemove(_In_ WDFIORESREQLIST RequirementsList, _In_ ULONG Index)
{
    ((PFN_WDFIORESOURCEREQUIREMENTSLISTREMOVE)
        WdfFunctions[WdfIoResourceRequirementsListRemoveTableIndex])(WdfDriverGlobals, RequirementsList, Index);
}

typedef VOID (*PFN_WDFIORESOURCEREQUIREMENTSLISTREMOVEBYIORESLIST)(PWDF_DRIVER_GLOBALS DriverGlobals,
    WDFIORESREQLIST RequirementsList, WDFIORESLIST IoResList);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE VOID WdfIoResourceRequirementsListRemoveByIoResList(_In_ WDFIORESREQLIST RequirementsList,
    _In_ WDFIORESLIST IoResList)
{
    ((PFN_WDFIORESOURCEREQUIREMENTSLISTREMOVEBYIORESLIST)
        WdfFunctions[WdfIoResourceRequirementsListRemoveByIoResListTableIndex])(WdfDriverGlobals, RequirementsList,
        IoResList);
}

typedef NTSTATUS (*PFN_WDFIORESOURCELISTCREATE)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESREQLIST RequirementsList,
    PWDF_OBJECT_ATTRIBUTES Attributes, WDFIORESLIST *ResourceList);
_Must_inspect_result_
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE NTSTATUS WdfIoResourceListCreate(_In_ WDFIORESREQLIST RequirementsList,
    _In_opt_ PWDF_OBJECT_ATTRIBUTES Attributes, _Out_ WDFIORESLIST *ResourceList)
{
    return ((PFN_WDFIORESOURCELISTCREATE)WdfFunctions[WdfIoResourceListCreateTableIndex])(WdfDriverGlobals, RequirementsList,
        Attributes, ResourceList);
}

typedef NTSTATUS (*PFN_WDFIORESOURCELISTAPPENDDESCRIPTOR)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESLIST ResourceList,
    PIO_RESOURCE_DESCRIPTOR Descriptor);
_Must_inspect_result_
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE NTSTATUS WdfIoResourceListAppendDescriptor(_In_ WDFIORESLIST ResourceList,
    _In_ PIO_RESOURCE_DESCRIPTOR Descriptor)
{
    return ((PFN_WDFIORESOURCELISTAPPENDDESCRIPTOR)
        WdfFunctions[WdfIoResourceListAppendDescriptorTableIndex])(WdfDriverGlobals, ResourceList, Descriptor);
}

typedef NTSTATUS (*PFN_WDFIORESOURCELISTINSERTDESCRIPTOR)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESLIST ResourceList,
    PIO_RESOURCE_DESCRIPTOR Descriptor, ULONG Index);
_Must_inspect_result_
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE NTSTATUS WdfIoResourceListInsertDescriptor(_In_ WDFIORESLIST ResourceList,
    _In_ PIO_RESOURCE_DESCRIPTOR Descriptor, _In_ ULONG Index)
{
    return ((PFN_WDFIORESOURCELISTINSERTDESCRIPTOR)
        WdfFunctions[WdfIoResourceListInsertDescriptorTableIndex])(WdfDriverGlobals, ResourceList, Descriptor, Index);
}

typedef VOID (*PFN_WDFIORESOURCELISTUPDATEDESCRIPTOR)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESLIST ResourceList,
    PIO_RESOURCE_DESCRIPTOR Descriptor, ULONG Index);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE VOID WdfIoResourceListUpdateDescriptor(_In_ WDFIORESLIST ResourceList, _In_ PIO_RESOURCE_DESCRIPTOR Descriptor,
    _In_ ULONG Index)
{
    ((PFN_WDFIORESOURCELISTUPDATEDESCRIPTOR)WdfFunctions[WdfIoResourceListUpdateDescriptorTableIndex])(WdfDriverGlobals,
        ResourceList, Descriptor, Index);
}

typedef ULONG (*PFN_WDFIORESOURCELISTGETCOUNT)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESLIST ResourceList);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE ULONG WdfIoResourceListGetCount(_In_ WDFIORESLIST ResourceList)
{
    return ((PFN_WDFIORESOURCELISTGETCOUNT)WdfFunctions[WdfIoResourceListGetCountTableIndex])(WdfDriverGlobals,
        ResourceList);
}

typedef PIO_RESOURCE_DESCRIPTOR (*PFN_WDFIORESOURCELISTGETDESCRIPTOR)(PWDF_DRIVER_GLOBALS DriverGlobals,
    WDFIORESLIST ResourceList, ULONG Index);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE PIO_RESOURCE_DESCRIPTOR WdfIoResourceListGetDescriptor(_In_ WDFIORESLIST ResourceList, _In_ ULONG Index)
{
    return ((PFN_WDFIORESOURCELISTGETDESCRIPTOR)WdfFunctions[WdfIoResourceListGetDescriptorTableIndex])(WdfDriverGlobals,
        ResourceList, Index);
}

typedef VOID (*PFN_WDFIORESOURCELISTREMOVE)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESLIST ResourceList, ULONG Index);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE VOID WdfIoResourceListRemove(_In_ WDFIORESLIST ResourceList, _In_ ULONG Index)
{
    ((PFN_WDFIORESOURCELISTREMOVE)WdfFunctions[WdfIoResourceListRemoveTableIndex])(WdfDriverGlobals, ResourceList, Index);
}

typedef VOID (*PFN_WDFIORESOURCELISTREMOVEBYDESCRIPTOR)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESLIST ResourceList,
    PIO_RESOURCE_DESCRIPTOR Descriptor);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE VOID WdfIoResourceListRemoveByDescriptor(_In_ WDFIORESLIST ResourceList, _In_ PIO_RESOURCE_DESCRIPTOR Descriptor)
{
    ((PFN_WDFIORESOURCELISTREMOVEBYDESCRIPTOR)
        WdfFunctions[WdfIoResourceListRemoveByDescriptorTableIndex])(WdfDriverGlobals, ResourceList, Descriptor);
}

typedef NTSTATUS (*PFN_WDFCMRESOURCELISTAPPENDDESCRIPTOR)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCMRESLIST List,
    PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor);
_Must_inspect_result_
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE NTSTATUS WdfCmResourceListAppendDescriptor(_In_ WDFCMRESLIST List,
    _In_ PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor)
{
    return ((PFN_WDFCMRESOURCELISTAPPENDDESCRIPTOR)
        WdfFunctions[WdfCmResourceListAppendDescriptorTableIndex])(WdfDriverGlobals, List, Descriptor);
}

typedef NTSTATUS (*PFN_WDFCMRESOURCELISTINSERTDESCRIPTOR)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCMRESLIST List,
    PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor, ULONG Index);
_Must_inspect_result_
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE NTSTATUS WdfCmResourceListInsertDescriptor(_In_ WDFCMRESLIST List,
    _In_ PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor, _In_ ULONG Index)
{
    return ((PFN_WDFCMRESOURCELISTINSERTDESCRIPTOR)
        WdfFunctions[WdfCmResourceListInsertDescriptorTableIndex])(WdfDriverGlobals, List, Descriptor, Index);
}

typedef VOID (*PFN_WDFCMRESOURCELISTREMOVE)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCMRESLIST List, ULONG Index);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE VOID WdfCmResourceListRemove(_In_ WDFCMRESLIST List, _In_ ULONG Index)
{
    ((PFN_WDFCMRESOURCELISTREMOVE)WdfFunctions[WdfCmResourceListRemoveTableIndex])(WdfDriverGlobals, List, Index);
}

typedef VOID (*PFN_WDFCMRESOURCELISTREMOVEBYDESCRIPTOR)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCMRESLIST List,
    PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE VOID WdfCmResourceListRemoveByDescriptor(_In_ WDFCMRESLIST List, _In_ PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor)
{
    ((PFN_WDFCMRESOURCELISTREMOVEBYDESCRIPTOR)
        WdfFunctions[WdfCmResourceListRemoveByDescriptorTableIndex])(WdfDriverGlobals, List, Descriptor);
}

#endif

EXTERN_C_END

#endif /* WDFRESOURCE_H */
