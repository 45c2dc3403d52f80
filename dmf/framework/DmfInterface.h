/* SPDX-License-Identifier: MIT */
/*
 * Protocol and Transport interfaces: how two Modules that do not know each other are bound together, and how each calls the
 * other while they are.
 */
#ifndef DMF_INTERFACE_H
#define DMF_INTERFACE_H

EXTERN_C_START

typedef enum
{
    InterfaceState_Invalid = 0,
    InterfaceState_Created,
    InterfaceState_Opening,
    InterfaceState_Opened,
    InterfaceState_Closing,
    InterfaceState_Closed,
    InterfaceState_Destroyed,
    InterfaceState_Last,
} InterfaceStateType;

typedef enum _InterfaceType
{
    Interface_Invalid = 0,
    Interface_Transport,
    Interface_Protocol,
    Interface_Last,
} InterfaceType;

typedef _Function_class_(EVT_DMF_INTERFACE_ProtocolBind) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
EVT_DMF_INTERFACE_ProtocolBind(_In_ DMFINTERFACE DmfInterface);

typedef _Function_class_(EVT_DMF_INTERFACE_ProtocolUnbind) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
EVT_DMF_INTERFACE_ProtocolUnbind(_In_ DMFINTERFACE DmfInterface);

typedef _Function_class_(EVT_DMF_INTERFACE_PostBind) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
EVT_DMF_INTERFACE_PostBind(_In_ DMFINTERFACE DmfInterface);

typedef _Function_class_(EVT_DMF_INTERFACE_PreUnbind) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
EVT_DMF_INTERFACE_PreUnbind(_In_ DMFINTERFACE DmfInterface);

/* The size is that of the declaration data which begins with this. */
typedef struct _DMF_INTERFACE_DESCRIPTOR
{
    ULONG Size;
    PSTR InterfaceName;
    enum _InterfaceType InterfaceType;
    WDF_OBJECT_ATTRIBUTES DeclarationDataWdfAttributes;
    BOOLEAN ModuleInterfaceContextSet;
    WDF_OBJECT_ATTRIBUTES ModuleInterfaceContextWdfAttributes;
    EVT_DMF_INTERFACE_PostBind* DmfInterfacePostBind;
    EVT_DMF_INTERFACE_PreUnbind* DmfInterfacePreUnbind;
} DMF_INTERFACE_DESCRIPTOR;

typedef struct _DMF_INTERFACE_TRANSPORT_DESCRIPTOR
{
    DMF_INTERFACE_DESCRIPTOR GenericInterfaceDescriptor;
} DMF_INTERFACE_TRANSPORT_DESCRIPTOR;

typedef struct _DMF_INTERFACE_PROTOCOL_DESCRIPTOR
{
    DMF_INTERFACE_DESCRIPTOR GenericInterfaceDescriptor;
    EVT_DMF_INTERFACE_ProtocolBind* DmfInterfaceProtocolBind;
    EVT_DMF_INTERFACE_ProtocolUnbind* DmfInterfaceProtocolUnbind;
} DMF_INTERFACE_PROTOCOL_DESCRIPTOR;

/* The types of the declaration data, which begin with the descriptors above, come before this. */
#define DECLARE_DMF_INTERFACE(InterfaceName) \
    WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DMF_INTERFACE_PROTOCOL_##InterfaceName##_DECLARATION_DATA, \
                                       InterfaceName##ProtocolDeclarationDataGet) \
    WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DMF_INTERFACE_TRANSPORT_##InterfaceName##_DECLARATION_DATA, \
                                       InterfaceName##TransportDeclarationDataGet)

/* The whole declaration data is zeroed; what is specific to the interface is filled in afterwards. */

#define DMF_INTERFACE_PROTOCOL_DESCRIPTOR_INIT(DmfProtocolDescriptor, InterfaceName, DeclarationDataType, EvtProtocolBind, \
                                               EvtProtocolUnbind, EvtPostBind, EvtPreUnbind) \
    do \
    { \
        DMF_INTERFACE_PROTOCOL_DESCRIPTOR_INIT_INTERNAL(DmfProtocolDescriptor, InterfaceName, sizeof(DeclarationDataType), \
                                                        EvtProtocolBind, EvtProtocolUnbind, EvtPostBind, EvtPreUnbind); \
        WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE( \
            &(DmfProtocolDescriptor)->GenericInterfaceDescriptor.DeclarationDataWdfAttributes, DeclarationDataType); \
    } while (0)

#define DMF_INTERFACE_TRANSPORT_DESCRIPTOR_INIT(DmfTransportDescriptor, InterfaceName, DeclarationDataType, EvtPostBind, \
                                                EvtPreUnbind) \
    do \
    { \
        DMF_INTERFACE_TRANSPORT_DESCRIPTOR_INIT_INTERNAL(DmfTransportDescriptor, InterfaceName, \
                                                         sizeof(DeclarationDataType), EvtPostBind, EvtPreUnbind); \
        WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE( \
            &(DmfTransportDescriptor)->GenericInterfaceDescriptor.DeclarationDataWdfAttributes, DeclarationDataType); \
    } while (0)

/* Every binding then has a context of this type, which the Module finds at the DMFINTERFACE. */
#define DMF_INTERFACE_DESCRIPTOR_SET_CONTEXT_TYPE(DmfInterfaceDescriptor, ContextType) \
    do \
    { \
        ((DMF_INTERFACE_DESCRIPTOR*)(DmfInterfaceDescriptor))->ModuleInterfaceContextSet = TRUE; \
        WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE( \
            &((DMF_INTERFACE_DESCRIPTOR*)(DmfInterfaceDescriptor))->ModuleInterfaceContextWdfAttributes, ContextType); \
    } while (0)

#define DMF_INTERFACE_BIND(ProtocolModule, TransportModule, InterfaceName) \
    DMF_ModuleInterfaceBind(ProtocolModule, TransportModule, \
                            (DMF_INTERFACE_PROTOCOL_DESCRIPTOR*)InterfaceName##ProtocolDeclarationDataGet(ProtocolModule), \
                            (DMF_INTERFACE_TRANSPORT_DESCRIPTOR*)InterfaceName##TransportDeclarationDataGet(TransportModule))

#define DMF_INTERFACE_UNBIND(ProtocolModule, TransportModule, InterfaceName) \
    DMF_ModuleInterfaceUnbind( \
        ProtocolModule, TransportModule, \
        (DMF_INTERFACE_PROTOCOL_DESCRIPTOR*)InterfaceName##ProtocolDeclarationDataGet(ProtocolModule), \
        (DMF_INTERFACE_TRANSPORT_DESCRIPTOR*)InterfaceName##TransportDeclarationDataGet(TransportModule))

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_INTERFACE_PROTOCOL_DESCRIPTOR_INIT_INTERNAL(_Out_ DMF_INTERFACE_PROTOCOL_DESCRIPTOR* DmfProtocolDescriptor,
                                                _In_ PSTR InterfaceName,
                                                _In_ ULONG DeclarationDataSize,
                                                _In_ EVT_DMF_INTERFACE_ProtocolBind* EvtProtocolBind,
                                                _In_ EVT_DMF_INTERFACE_ProtocolUnbind* EvtProtocolUnbind,
                                                _In_opt_ EVT_DMF_INTERFACE_PostBind* EvtPostBind,
                                                _In_opt_ EVT_DMF_INTERFACE_PreUnbind* EvtPreUnbind);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_INTERFACE_TRANSPORT_DESCRIPTOR_INIT_INTERNAL(_Out_ DMF_INTERFACE_TRANSPORT_DESCRIPTOR* DmfTransportDescriptor,
                                                 _In_ PSTR InterfaceName,
                                                 _In_ ULONG DeclarationDataSize,
                                                 _In_opt_ EVT_DMF_INTERFACE_PostBind* EvtPostBind,
                                                 _In_opt_ EVT_DMF_INTERFACE_PreUnbind* EvtPreUnbind);

_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleInterfaceDescriptorAdd(_Inout_ DMFMODULE DmfModule, _In_ DMF_INTERFACE_DESCRIPTOR* InterfaceDescriptor);

_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleInterfaceBind(_In_ DMFMODULE ProtocolModule,
                        _In_ DMFMODULE TransportModule,
                        _In_ DMF_INTERFACE_PROTOCOL_DESCRIPTOR* ProtocolDescriptor,
                        _In_ DMF_INTERFACE_TRANSPORT_DESCRIPTOR* TransportDescriptor);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_ModuleInterfaceUnbind(_In_ DMFMODULE ProtocolModule,
                          _In_ DMFMODULE TransportModule,
                          _In_ DMF_INTERFACE_PROTOCOL_DESCRIPTOR* ProtocolDescriptor,
                          _In_ DMF_INTERFACE_TRANSPORT_DESCRIPTOR* TransportDescriptor);

_IRQL_requires_max_(DISPATCH_LEVEL)
DMFMODULE
DMF_InterfaceTransportModuleGet(_In_ DMFINTERFACE DmfInterface);

_IRQL_requires_max_(DISPATCH_LEVEL)
DMFMODULE
DMF_InterfaceProtocolModuleGet(_In_ DMFINTERFACE DmfInterface);

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID*
DMF_InterfaceTransportDeclarationDataGet(_In_ DMFINTERFACE DmfInterface);

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID*
DMF_InterfaceProtocolDeclarationDataGet(_In_ DMFINTERFACE DmfInterface);

_IRQL_requires_max_(DISPATCH_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_InterfaceReference(_Inout_ DMFINTERFACE DmfInterface);

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_InterfaceDereference(_Inout_ DMFINTERFACE DmfInterface);

EXTERN_C_END

#endif /* DMF_INTERFACE_H */
