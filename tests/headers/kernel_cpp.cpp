/* SPDX-License-Identifier: MIT */
/*
 * A kernel driver in C++ as its authors write it: headers within extern "C", pool-backed new and delete, guards, lambdas,
 * event callbacks as static members, paged sections.
 *
 * try: kernel clang++
 */
extern "C"
{
#include <ntifs.h>
#include <wdf.h>
#include <wmilib.h>
#include <ntintsafe.h>
}
#include <initguid.h>
#include <ntstrsafe.h>

DEFINE_GUID(GUID_CPP_TOY, 0x573e8c73, 0x0cb4, 0x4471, 0xa1, 0xbf, 0xfa, 0xb2, 0x6c, 0x31, 0xd3, 0x84);

#define CPP_TAG 'ppCK'

void *__cdecl operator new(size_t Size)
{
    return ExAllocatePool2(POOL_FLAG_NON_PAGED, Size, CPP_TAG);
}

void *__cdecl operator new(size_t Size, POOL_FLAGS Flags, ULONG Tag) noexcept
{
    return ExAllocatePool2(Flags, Size, Tag);
}

void __cdecl operator delete(void *Memory) noexcept
{
    if (Memory != nullptr)
    {
        ExFreePool(Memory);
    }
}

void __cdecl operator delete(void *Memory, size_t) noexcept
{
    ExFreePoolWithTag(Memory, CPP_TAG);
}

class SpinGuard
{
    KSPIN_LOCK &lock;
    KIRQL oldIrql;

  public:
    _IRQL_requires_max_(DISPATCH_LEVEL) explicit SpinGuard(_Inout_ KSPIN_LOCK &Lock) : lock(Lock)
    {
        KeAcquireSpinLock(&lock, &oldIrql);
    }
    ~SpinGuard()
    {
        KeReleaseSpinLock(&lock, oldIrql);
    }
};

template <typename Function> struct Finally
{
    Function function;
    ~Finally()
    {
        function();
    }
};

enum class ToyMode : ULONG
{
    Idle,
    Busy
};

class ToyDevice
{
  public:
    ToyDevice()
    {
        KeInitializeSpinLock(&lock);
    }
    virtual ~ToyDevice()
    {
    }
    virtual NTSTATUS Start()
    {
        SpinGuard guard(lock);
        mode = ToyMode::Busy;
        return STATUS_SUCCESS;
    }
    static NTSTATUS Create(_In_ WDFDRIVER Driver, _Inout_ PWDFDEVICE_INIT DeviceInit);
    static EVT_WDF_DEVICE_D0_ENTRY OnD0Entry;

  private:
    KSPIN_LOCK lock;
    ToyMode mode = ToyMode::Idle;
};

typedef struct _CPP_CONTEXT
{
    ToyDevice *Device;
} CPP_CONTEXT, *PCPP_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(CPP_CONTEXT, CppContextGet);

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" EVT_WDF_DRIVER_DEVICE_ADD CppEvtDeviceAdd;

extern "C" __declspec(code_seg("INIT")) _Use_decl_annotations_ NTSTATUS
    DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;
    WDF_DRIVER_CONFIG_INIT(&config, CppEvtDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
}

#pragma code_seg("PAGE")
_Use_decl_annotations_ NTSTATUS CppEvtDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    PAGED_CODE();
    return ToyDevice::Create(Driver, DeviceInit);
}
#pragma code_seg()

_Use_decl_annotations_ NTSTATUS ToyDevice::OnD0Entry(WDFDEVICE Device, WDF_POWER_DEVICE_STATE)
{
    return CppContextGet(Device)->Device->Start();
}

_Use_decl_annotations_ NTSTATUS ToyDevice::Create(WDFDRIVER, PWDFDEVICE_INIT DeviceInit)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
    WDFDEVICE device;
    ULONG uses = 0;
    SIZE_T size = 0;
    static const UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\DosDevices\\Toy");

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceD0Entry = ToyDevice::OnD0Entry;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &callbacks);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, CPP_CONTEXT);
    NTSTATUS status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    auto log = [&](PCSTR What) { KdPrint(("%s %p\n", What, device)); };
    auto leave = [&] { log("leave"); };
    Finally<decltype(leave)> finally{leave};
    CppContextGet(device)->Device = new (POOL_FLAG_NON_PAGED, CPP_TAG) ToyDevice;
    if (CppContextGet(device)->Device == NULL || !NT_SUCCESS(RtlSIZETMult(size, sizeof(ToyDevice), &size)))
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NT_VERIFY(InterlockedIncrement(&uses) == 1 && name.Length > 0);
    return GUID_CPP_TOY == GUID{} ? STATUS_UNSUCCESSFUL : WdfDeviceCreateDeviceInterface(device, &GUID_CPP_TOY, nullptr);
}
