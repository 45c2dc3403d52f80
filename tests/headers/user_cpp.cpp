/* SPDX-License-Identifier: MIT */
/*
 * A user flavour driver and a test program in C++ as their authors write them: headers within extern "C", the C++ library
 * beside them, contexts with members that have destructors, handles in smart pointers, callbacks that are lambdas.
 *
 * try: user clang++
 */
#ifndef UNICODE
#define UNICODE
#define _UNICODE
#endif
extern "C"
{
#include <windows.h>
#include <wdf.h>
#include <setupapi.h>
}
#include <cfgmgr32.h>
#include <dmf_trace.h>
#include <initguid.h>
#include <hidport.h>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <objbase.h>
#include <process.h>
#include <strsafe.h>
#include <vector>

DEFINE_GUID(GUID_CPP_USER, 0x573e8c73, 0x0cb4, 0x4471, 0xa1, 0xbf, 0xfa, 0xb2, 0x6c, 0x31, 0xd3, 0x85);
static_assert(IOCTL_UMDF_HID_GET_INPUT_REPORT == 0x000b005f, "HID control codes of the user flavour");

struct HandleCloser
{
    typedef HANDLE pointer;
    void operator()(HANDLE Handle) const
    {
        CloseHandle(Handle);
    }
};
using UniqueHandle = std::unique_ptr<HANDLE, HandleCloser>;

struct CppUserContext
{
    std::mutex Lock;
    std::map<ULONG, std::vector<BYTE>> Data;
    UniqueHandle Event;
};
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(CppUserContext, CppUserContextGet)

class CppUserQueue
{
  public:
    static EVT_WDF_IO_QUEUE_IO_WRITE OnWrite;
    static EVT_WDF_OBJECT_CONTEXT_DESTROY OnDestroy;
};

VOID CppUserQueue::OnWrite(WDFQUEUE Queue, WDFREQUEST Request, size_t Length)
try
{
    auto context = CppUserContextGet(WdfIoQueueGetDevice(Queue));
    WDFMEMORY memory;
    std::lock_guard<std::mutex> guard(context->Lock);
    if (NT_SUCCESS(WdfRequestRetrieveInputMemory(Request, &memory)))
    {
        std::vector<BYTE> bytes(min(Length, (size_t)4096));
        WdfMemoryCopyToBuffer(memory, 0, bytes.data(), bytes.size());
        context->Data.emplace(1, std::move(bytes));
    }
    WdfRequestComplete(Request, STATUS_SUCCESS);
}
catch (const std::bad_alloc &)
{
    WdfRequestComplete(Request, STATUS_INSUFFICIENT_RESOURCES);
}

VOID CppUserQueue::OnDestroy(WDFOBJECT Object)
{
    CppUserContextGet(Object)->~CppUserContext();
    /* A template names a function of the kernel flavour here. */
    WPP_CLEANUP(WdfDriverWdmGetDriverObject((WDFDRIVER)Object));
}

EXTERN_C NTSTATUS DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;
    WDF_DRIVER_CONFIG_INIT(&config,
                           [](WDFDRIVER, PWDFDEVICE_INIT DeviceInit) -> NTSTATUS
                           {
                               WDF_OBJECT_ATTRIBUTES attributes;
                               WDFDEVICE device;
                               WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, CppUserContext);
                               attributes.EvtDestroyCallback = CppUserQueue::OnDestroy;
                               NTSTATUS status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
                               if (NT_SUCCESS(status))
                               {
                                   auto context = new (CppUserContextGet(device)) CppUserContext;
                                   context->Event.reset(CreateEvent(nullptr, TRUE, FALSE, nullptr));
                               }
                               return status;
                           });
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
}

static std::vector<BYTE> InterfaceDetail(DWORD Index)
{
    HDEVINFO devices = SetupDiGetClassDevs(&GUID_CPP_USER, nullptr, nullptr, DIGCF_PRESENT | DIGCF_DEVICEINTERFACE);
    SP_DEVICE_INTERFACE_DATA data{};
    std::vector<BYTE> detail;
    DWORD required = 0;
    data.cbSize = sizeof(data);
    if (SetupDiEnumDeviceInterfaces(devices, nullptr, &GUID_CPP_USER, Index, &data))
    {
        SetupDiGetDeviceInterfaceDetail(devices, &data, nullptr, 0, &required, nullptr);
        detail.resize(required);
        auto path = reinterpret_cast<PSP_DEVICE_INTERFACE_DETAIL_DATA>(detail.data());
        path->cbSize = sizeof(*path);
        SetupDiGetDeviceInterfaceDetail(devices, &data, path, required, nullptr, nullptr);
    }
    SetupDiDestroyDeviceInfoList(devices);
    return detail;
}

int __cdecl wmain(int argc, WCHAR *argv[])
{
    WCHAR text[40];
    OVERLAPPED overlapped{};
    DWORD transferred = 0;
    UniqueHandle file(CreateFile(argc > 1 ? argv[1] : L"\\\\.\\Toy", GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING,
                                 FILE_FLAG_OVERLAPPED, nullptr));
    UniqueHandle thread((HANDLE)_beginthreadex(
        nullptr, 0, [](void *) -> unsigned { return 0; }, nullptr, 0, nullptr));
    if (!DeviceIoControl(file.get(), 0x222000, nullptr, 0, text, sizeof(text), &transferred, &overlapped) &&
        GetLastError() == ERROR_IO_PENDING && !GetOverlappedResult(file.get(), &overlapped, &transferred, TRUE))
    {
        CancelIoEx(file.get(), &overlapped);
    }
    StringFromGUID2(GUID_CPP_USER, text, ARRAYSIZE(text));
    return InterfaceDetail(0).empty() || FAILED(StringCchPrintf(text, _countof(text), L"%d", 1));
}
