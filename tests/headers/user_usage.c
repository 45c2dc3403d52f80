/* SPDX-License-Identifier: MIT */
/*
 * Every name that the published framework, Modules and samples take from Win32 headers, mentioned once, followed by code as
 * driver and test program authors write it. It is compiled as C and as C++, with and without UNICODE, and never linked or
 * run. Names of the executive that a user flavour driver gets through wdf.h have their test there.
 *
 * try: user unicode
 */
#define ENABLE_INTSAFE_SIGNED_FUNCTIONS
#include <windows.h>
#include <winioctl.h>
#include <cfgmgr32.h>
#include <cguid.h>
#include <objbase.h>
#include <powrprof.h>
#include <setupapi.h>
#include <intsafe.h>
#include <strsafe.h>
#include <tchar.h>
#include <dbt.h>
#include <devpkey.h>

EXTERN_C_START
size_t user_usage_types(void);
size_t user_usage_functions(void);
void user_usage_values(void);
BOOLEAN user_usage_macros(HRESULT Result, DWORD Error, PVOID Buffer, size_t BufferSize);
HRESULT user_usage_strings(LPTSTR Text, size_t TextSize, ...);
BOOL user_usage_overlapped(LPCTSTR Name, PVOID Buffer, DWORD BufferSize);
CONFIGRET user_usage_notification(LPGUID Interface, PVOID Context, PHCMNOTIFICATION Notification);
CONFIGRET user_usage_enumeration(LPGUID Interface);
LONG user_usage_registry(HKEY Parent);
BOOL user_usage_service(LPCTSTR Name, LPCTSTR Path);
BOOL user_usage_privilege(void);
VOID user_usage_synchronisation(void);
DWORD user_usage_exceptions(DWORD Code);
BOOL user_usage_setup(LPGUID Interface);
EXTERN_C_END

#define USES_TYPE(Name) size += sizeof(Name *)
#define USES_FUNCTION(Name) size += sizeof(&Name)
#define USES_VALUE(Name) (void)(Name)

size_t user_usage_types(void)
{
    size_t size = 0;

    USES_TYPE(NTSTATUS);
    USES_TYPE(ULONG);
    USES_TYPE(BOOLEAN);
    USES_TYPE(UCHAR);
    USES_TYPE(WCHAR);
    USES_TYPE(LONG);
    USES_TYPE(HANDLE);
    USES_TYPE(USHORT);
    USES_TYPE(CHAR);
    USES_TYPE(GUID);
    USES_TYPE(ULONG_PTR);
    USES_TYPE(UNICODE_STRING);
    USES_TYPE(ULONGLONG);
    USES_TYPE(PWSTR);
    USES_TYPE(PVOID);
    USES_TYPE(UINT16);
    USES_TYPE(LPGUID);
    USES_TYPE(UINT32);
    USES_TYPE(LONGLONG);
    USES_TYPE(LIST_ENTRY);
    USES_TYPE(UINT8);
    USES_TYPE(PWCHAR);
    USES_TYPE(PUNICODE_STRING);
    USES_TYPE(UINT);
    USES_TYPE(PCWSTR);
    USES_TYPE(PUCHAR);
    USES_TYPE(BOOL);
    USES_TYPE(PLIST_ENTRY);
    USES_TYPE(LPCTSTR);
    USES_TYPE(INT32);
    USES_TYPE(SIZE_T);
    USES_TYPE(CONFIGRET);
    USES_TYPE(LARGE_INTEGER);
    USES_TYPE(UINT64);
    USES_TYPE(PSTR);
    USES_TYPE(HRESULT);
    USES_TYPE(SC_HANDLE);
    USES_TYPE(CM_NOTIFY_FILTER);
    USES_TYPE(HCMNOTIFICATION);
    USES_TYPE(DEVINST);
    USES_TYPE(INT);
    USES_TYPE(PCSTR);
    USES_TYPE(PULONG);
    USES_TYPE(PUINT8);
    USES_TYPE(DEVPROPTYPE);
    USES_TYPE(INT64);
    USES_TYPE(PBYTE);
    USES_TYPE(PCHAR);
    USES_TYPE(SHORT);
    USES_TYPE(CM_NOTIFY_ACTION);
    USES_TYPE(PCM_NOTIFY_EVENT_DATA);
    USES_TYPE(HKEY);
    USES_TYPE(PCM_NOTIFY_CALLBACK);
    USES_TYPE(ACCESS_MASK);
    USES_TYPE(ANSI_STRING);
    USES_TYPE(LPVOID);
    USES_TYPE(OVERLAPPED);
    USES_TYPE(PSINGLE_LIST_ENTRY);
    USES_TYPE(ULONG64);
    USES_TYPE(HMODULE);
    USES_TYPE(LCID);
    USES_TYPE(LPDWORD);
    USES_TYPE(LPTSTR);
    USES_TYPE(PLARGE_INTEGER);
    USES_TYPE(DEVPROPKEY);
    USES_TYPE(LPWSTR);
    USES_TYPE(PCUNICODE_STRING);
    USES_TYPE(SYSTEMTIME);
    USES_TYPE(FILETIME);
    USES_TYPE(LPOVERLAPPED);
    USES_TYPE(LPSTR);
    USES_TYPE(OSVERSIONINFOEXW);
    USES_TYPE(PANSI_STRING);
    USES_TYPE(PCANSI_STRING);
    USES_TYPE(PDEVPROPKEY);
    USES_TYPE(POWER_ACTION);
    USES_TYPE(PULONGLONG);
    USES_TYPE(TCHAR);
    USES_TYPE(UUID);
    USES_TYPE(CRITICAL_SECTION);
    USES_TYPE(INT16);
    USES_TYPE(LONG64);
    USES_TYPE(LPCWSTR);
    USES_TYPE(LPTHREAD_START_ROUTINE);
    USES_TYPE(LUID);
    USES_TYPE(PBOOLEAN);
    USES_TYPE(PDWORD);
    USES_TYPE(PLONG);
    USES_TYPE(PTOKEN_PRIVILEGES);
    USES_TYPE(SERVICE_STATUS);
    USES_TYPE(STRSAFE_LPSTR);
    USES_TYPE(TOKEN_PRIVILEGES);
    USES_TYPE(ULONG32);
    return size;
}

size_t user_usage_functions(void)
{
    size_t size = 0;

    USES_FUNCTION(StringCchPrintf);
    USES_FUNCTION(StringCbLength);
    USES_FUNCTION(StringCbPrintf);
    USES_FUNCTION(StringCchCopy);
    USES_FUNCTION(StringCchVPrintfA);
    USES_FUNCTION(StringCchVPrintfW);
    USES_FUNCTION(Long64Mult);
    USES_FUNCTION(Int32Add);
    USES_FUNCTION(Int32Mult);
    USES_FUNCTION(Long64Add);
    USES_FUNCTION(GetLastError);
    USES_FUNCTION(DeviceIoControl);
    USES_FUNCTION(CloseHandle);
    USES_FUNCTION(GetProcessHeap);
    USES_FUNCTION(CM_Get_Device_Interface_List);
    USES_FUNCTION(CM_Get_Device_Interface_List_Size);
    USES_FUNCTION(CreateFile);
    USES_FUNCTION(HeapFree);
    USES_FUNCTION(CM_Register_Notification);
    USES_FUNCTION(CM_Unregister_Notification);
    USES_FUNCTION(CloseServiceHandle);
    USES_FUNCTION(Sleep);
    USES_FUNCTION(CM_Get_DevNode_Property);
    USES_FUNCTION(CM_Locate_DevNode);
    USES_FUNCTION(DebugBreak);
    USES_FUNCTION(GetProcAddress);
    USES_FUNCTION(HeapAlloc);
    USES_FUNCTION(ReadFile);
    USES_FUNCTION(WriteFile);
    USES_FUNCTION(CM_Get_Device_Interface_Property);
    USES_FUNCTION(OpenService);
    USES_FUNCTION(StringFromGUID2);
    USES_FUNCTION(CM_Get_DevNode_PropertyW);
    USES_FUNCTION(CM_Get_Parent);
    USES_FUNCTION(CM_Locate_DevNodeW);
    USES_FUNCTION(CreateThread);
    USES_FUNCTION(FreeLibrary);
    USES_FUNCTION(GetSystemFirmwareTable);
    USES_FUNCTION(LoadLibrary);
    USES_FUNCTION(MultiByteToWideChar);
    USES_FUNCTION(OutputDebugStringA);
    USES_FUNCTION(QueryInterruptTime);
    USES_FUNCTION(QueryPerformanceCounter);
    USES_FUNCTION(RegQueryInfoKey);
    USES_FUNCTION(WaitForSingleObjectEx);
    USES_FUNCTION(WideCharToMultiByte);
    USES_FUNCTION(AdjustTokenPrivileges);
    USES_FUNCTION(CM_Get_Device_ID_List);
    USES_FUNCTION(CM_Get_Device_ID_List_Size);
    USES_FUNCTION(CM_Get_Device_Interface_ListW);
    USES_FUNCTION(CM_Get_Device_Interface_List_SizeW);
    USES_FUNCTION(CM_Open_Device_Interface_KeyW);
    USES_FUNCTION(ControlService);
    USES_FUNCTION(CreateDirectory);
    USES_FUNCTION(CreateEvent);
    USES_FUNCTION(CreateIoCompletionPort);
    USES_FUNCTION(CreateService);
    USES_FUNCTION(DeleteCriticalSection);
    USES_FUNCTION(DeleteService);
    USES_FUNCTION(EnterCriticalSection);
    USES_FUNCTION(ExpandEnvironmentStrings);
    USES_FUNCTION(FormatMessage);
    USES_FUNCTION(GetCurrentDirectory);
    USES_FUNCTION(GetCurrentProcess);
    USES_FUNCTION(GetCurrentThread);
    USES_FUNCTION(GetCurrentThreadId);
    USES_FUNCTION(GetFileAttributes);
    USES_FUNCTION(GetFileSizeEx);
    USES_FUNCTION(GetFirmwareEnvironmentVariable);
    USES_FUNCTION(GetLocalTime);
    USES_FUNCTION(GetModuleHandle);
    USES_FUNCTION(GetModuleHandleW);
    USES_FUNCTION(GetQueuedCompletionStatus);
    USES_FUNCTION(GetSystemTimeAsFileTime);
    USES_FUNCTION(GetSystemTimePreciseAsFileTime);
    USES_FUNCTION(InitializeCriticalSection);
    USES_FUNCTION(LeaveCriticalSection);
    USES_FUNCTION(LocalFree);
    USES_FUNCTION(LookupPrivilegeValue);
    USES_FUNCTION(OpenProcessToken);
    USES_FUNCTION(OpenSCManager);
    USES_FUNCTION(OpenThreadToken);
    USES_FUNCTION(QueryPerformanceFrequency);
    USES_FUNCTION(RegDeleteValue);
    USES_FUNCTION(RegEnumKeyEx);
    USES_FUNCTION(RegEnumValue);
    USES_FUNCTION(ResetEvent);
    USES_FUNCTION(SecureZeroMemory);
    USES_FUNCTION(SetEvent);
    USES_FUNCTION(SetFirmwareEnvironmentVariable);
    USES_FUNCTION(StartService);
    USES_FUNCTION(TzSpecificLocalTimeToSystemTime);
    USES_FUNCTION(WaitForMultipleObjectsEx);
    return size;
}

void user_usage_values(void)
{
    USES_VALUE(DEVPKEY_Device_InstanceId);
    USES_VALUE(DEVPKEY_Device_DevNodeStatus);
    USES_VALUE(DEVPKEY_Device_HardwareIds);
    USES_VALUE(DEVPKEY_Device_ProblemCode);
    USES_VALUE(GUID_DEVINTERFACE_DISK);
    USES_VALUE(__FILE__);
    USES_VALUE(SE_SYSTEM_ENVIRONMENT_NAME);
    USES_VALUE(MAX_PATH);
    USES_VALUE(ANYSIZE_ARRAY);
    USES_VALUE(MAXDWORD);
    USES_VALUE(STATUS_INVALID_PARAMETER);
    USES_VALUE(STATUS_PENDING);
    USES_VALUE(STATUS_WAIT_0);
    USES_VALUE(STATUS_TIMEOUT);
    USES_VALUE(STATUS_INTEGER_OVERFLOW);
    USES_VALUE(STATUS_USER_APC);
    USES_VALUE(PowerActionHibernate);
    USES_VALUE(RegDisposition_OpenExisting);
    USES_VALUE(CR_SUCCESS);
    USES_VALUE(S_OK);
    USES_VALUE(CR_BUFFER_SMALL);
    USES_VALUE(ERROR_NOT_FOUND);
    USES_VALUE(CR_INVALID_DATA);
    USES_VALUE(WAIT_ABANDONED_0);
    USES_VALUE(ERROR_IO_PENDING);
    USES_VALUE(ERROR_SUCCESS);
    USES_VALUE(WAIT_OBJECT_0);
    USES_VALUE(ERROR_NOT_ENOUGH_MEMORY);
    USES_VALUE(WAIT_TIMEOUT);
    USES_VALUE(STRSAFE_E_INSUFFICIENT_BUFFER);
    USES_VALUE(WAIT_IO_COMPLETION);
    USES_VALUE(CR_FAILURE);
    USES_VALUE(CR_OUT_OF_MEMORY);
    USES_VALUE(ERROR_ALREADY_EXISTS);
    USES_VALUE(ERROR_FILE_NOT_FOUND);
    USES_VALUE(ERROR_INSUFFICIENT_BUFFER);
    USES_VALUE(ERROR_INVALID_DATA);
    USES_VALUE(ERROR_SERVICE_ALREADY_RUNNING);
    USES_VALUE(ERROR_SERVICE_EXISTS);
    USES_VALUE(ERROR_SERVICE_MARKED_FOR_DELETE);
    USES_VALUE(E_FAIL);
    USES_VALUE(WAIT_ABANDONED);
    USES_VALUE(WAIT_FAILED);
    USES_VALUE(NULL);
    USES_VALUE(FALSE);
    USES_VALUE(TRUE);
    USES_VALUE(METHOD_BUFFERED);
    USES_VALUE(INVALID_HANDLE_VALUE);
    USES_VALUE(FILE_DEVICE_UNKNOWN);
    USES_VALUE(FILE_WRITE_ACCESS);
    USES_VALUE(FILE_SHARE_READ);
    USES_VALUE(GENERIC_READ);
    USES_VALUE(FILE_READ_ACCESS);
    USES_VALUE(REG_DWORD);
    USES_VALUE(KEY_READ);
    USES_VALUE(CM_GET_DEVICE_INTERFACE_LIST_ALL_DEVICES);
    USES_VALUE(FILE_SHARE_WRITE);
    USES_VALUE(MEMORY_ALLOCATION_ALIGNMENT);
    USES_VALUE(GENERIC_WRITE);
    USES_VALUE(FILE_ATTRIBUTE_NORMAL);
    USES_VALUE(KEY_SET_VALUE);
    USES_VALUE(REG_QWORD);
    USES_VALUE(REG_BINARY);
    USES_VALUE(REG_MULTI_SZ);
    USES_VALUE(REG_SZ);
    USES_VALUE(UNICODE_NULL);
    USES_VALUE(CM_GET_DEVICE_INTERFACE_LIST_PRESENT);
    USES_VALUE(CM_LOCATE_DEVNODE_NORMAL);
    USES_VALUE(CM_NOTIFY_FILTER_TYPE_DEVICEINTERFACE);
    USES_VALUE(OPEN_EXISTING);
    USES_VALUE(MAX_NATURAL_ALIGNMENT);
    USES_VALUE(CM_NOTIFY_ACTION_DEVICEINTERFACEARRIVAL);
    USES_VALUE(CM_NOTIFY_ACTION_DEVICEINTERFACEREMOVAL);
    USES_VALUE(DEVPROP_TYPE_STRING);
    USES_VALUE(DEVPROP_TYPE_UINT32);
    USES_VALUE(GENERIC_ALL);
    USES_VALUE(INFINITE);
    USES_VALUE(CP_ACP);
    USES_VALUE(DEVPROP_MASK_TYPE);
    USES_VALUE(HEAP_ZERO_MEMORY);
    USES_VALUE(MAXIMUM_WAIT_OBJECTS);
    USES_VALUE(MAX_DEVICE_ID_LEN);
    USES_VALUE(SERVICE_ALL_ACCESS);
    USES_VALUE(FILE_OPEN);
    USES_VALUE(MAX_GUID_STRING_LEN);
    USES_VALUE(BYTE_MAX);
    USES_VALUE(FILE_ATTRIBUTE_DIRECTORY);
    USES_VALUE(FILE_DEVICE_BUS_EXTENDER);
    USES_VALUE(FILE_GENERIC_READ);
    USES_VALUE(FILE_GENERIC_WRITE);
    USES_VALUE(KEY_ALL_ACCESS);
    USES_VALUE(LOCALE_NEUTRAL);
    USES_VALUE(METHOD_OUT_DIRECT);
    USES_VALUE(TOKEN_ADJUST_PRIVILEGES);
    USES_VALUE(TOKEN_QUERY);
    USES_VALUE(CM_GETIDLIST_FILTER_CLASS);
    USES_VALUE(CM_GETIDLIST_FILTER_PRESENT);
    USES_VALUE(CM_NOTIFY_FILTER_TYPE_DEVICEHANDLE);
    USES_VALUE(CREATE_ALWAYS);
    USES_VALUE(FILE_FLAG_OVERLAPPED);
    USES_VALUE(FILE_READ_DATA);
    USES_VALUE(FORMAT_MESSAGE_ALLOCATE_BUFFER);
    USES_VALUE(FORMAT_MESSAGE_FROM_SYSTEM);
    USES_VALUE(FORMAT_MESSAGE_IGNORE_INSERTS);
    USES_VALUE(INVALID_FILE_ATTRIBUTES);
    USES_VALUE(LANG_NEUTRAL);
    USES_VALUE(SC_MANAGER_ALL_ACCESS);
    USES_VALUE(SERVICE_CONTROL_STOP);
    USES_VALUE(SERVICE_DEMAND_START);
    USES_VALUE(SERVICE_ERROR_NORMAL);
    USES_VALUE(SERVICE_KERNEL_DRIVER);
    USES_VALUE(SE_PRIVILEGE_ENABLED);
    USES_VALUE(SUBLANG_DEFAULT);
    USES_VALUE(UINT16_MAX);
}

/*
 * Macros that take arguments.
 */
BOOLEAN user_usage_macros(HRESULT Result, DWORD Error, PVOID Buffer, size_t BufferSize)
{
    static const WCHAR text[] = L"text";
    CONST GUID guid = {0x12345678, 0x1234, 0x1234, {1, 2, 3, 4, 5, 6, 7, 8}};
    ULONG code = CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, METHOD_BUFFERED, FILE_READ_ACCESS | FILE_WRITE_ACCESS);
    NTSTATUS status = NTSTATUS_FROM_WIN32(GetLastError());
    DECLSPEC_ALIGN(16) CHAR aligned[16];

    UNREFERENCED_PARAMETER(BufferSize);
    ZeroMemory(Buffer, sizeof(ULONG));
    CopyMemory(Buffer, text, sizeof(text));
    MoveMemory(Buffer, text, sizeof(text));
    FillMemory(Buffer, sizeof(text), 0xff);
    SecureZeroMemory(Buffer, sizeof(text));
    RtlZeroMemory(aligned, sizeof(aligned));
    switch (Result)
    {
        case HRESULT_FROM_WIN32(ERROR_NOT_FOUND):
        case HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER):
        case E_FAIL:
        case E_OUTOFMEMORY:
            return FALSE;
        default:
            break;
    }
    switch (Error)
    {
        case ERROR_SUCCESS:
        case ERROR_IO_PENDING:
        case ERROR_NOT_ENOUGH_MEMORY:
            return FALSE;
        default:
            break;
    }
    return SUCCEEDED(Result) && !FAILED(Result) && NT_SUCCESS(status) &&
           (code != MAKELANGID(LANG_NEUTRAL, SUBLANG_DEFAULT)) &&
           IsEqualGUID(
#ifdef __cplusplus
               guid, GUID_NULL
#else
               &guid, &GUID_NULL
#endif
               ) &&
           (ARRAYSIZE(text) == 5) && (FIELD_OFFSET(OVERLAPPED, hEvent) == 24) && (MAKEWORD(1, 2) == 0x201) &&
           (LOWORD(0x10002) == 2) && (HIWORD(0x10002) == 1) && (max(1, 2) == 2) && (min(1, 2) == 1);
}

/*
 * Text of known size, narrow or wide as UNICODE chooses.
 */
HRESULT user_usage_strings(LPTSTR Text, size_t TextSize, ...)
{
    HRESULT result;
    size_t length = 0;
    LPTSTR end;
    size_t remaining;
    va_list arguments;
    INT32 sum;
    LONG64 product;
    UCHAR narrow;

    va_start(arguments, TextSize);
    result = StringCbPrintf(Text, TextSize, TEXT("%s"), _T("text"));
    result |= StringCchVPrintf(Text, TextSize / sizeof(TCHAR), TEXT("%d"), arguments);
    va_end(arguments);
    result |= StringCchCopyEx(Text, TextSize, TEXT("a"), &end, &remaining, STRSAFE_NULL_ON_FAILURE);
    result |= StringCbCatN(Text, TextSize, TEXT("b"), sizeof(TCHAR));
    result |= StringCbLength(Text, TextSize, &length);
    result |= Int32Add(1, 2, &sum) | Int32Mult(3, 4, &sum);
    result |= Long64Add(1, 2, &product) | Long64Mult(3, 4, &product);
    result |= SizeTToULong(TextSize, (ULONG *)Text) | ULongToUChar(300, &narrow);
    return result;
}

/*
 * A test program that talks to a device.
 */
BOOL user_usage_overlapped(LPCTSTR Name, PVOID Buffer, DWORD BufferSize)
{
    OVERLAPPED overlapped = {};
    DWORD transferred = 0;
    HANDLE device = CreateFile(Name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                               FILE_FLAG_OVERLAPPED, NULL);

    if (device == INVALID_HANDLE_VALUE)
    {
        return FALSE;
    }
    overlapped.hEvent = CreateEvent(NULL, TRUE, FALSE, NULL);
    overlapped.Offset = 0;
    overlapped.OffsetHigh = 0;
    if (!DeviceIoControl(device, IOCTL_STORAGE_QUERY_PROPERTY, Buffer, BufferSize, Buffer, BufferSize, NULL, &overlapped) &&
        (GetLastError() == ERROR_IO_PENDING))
    {
        if (WaitForSingleObject(overlapped.hEvent, INFINITE) == WAIT_TIMEOUT)
        {
            CancelIoEx(device, &overlapped);
        }
        GetOverlappedResult(device, &overlapped, &transferred, TRUE);
    }
    CloseHandle(overlapped.hEvent);
    return HasOverlappedIoCompleted(&overlapped) && CloseHandle(device);
}

static DWORD CALLBACK UserUsageOnNotification(HCMNOTIFICATION Notification, PVOID Context, CM_NOTIFY_ACTION Action,
                                              PCM_NOTIFY_EVENT_DATA EventData, DWORD EventDataSize)
{
    UNREFERENCED_PARAMETER(Notification);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(EventDataSize);
    if ((Action == CM_NOTIFY_ACTION_DEVICEINTERFACEARRIVAL) &&
        (EventData->FilterType == CM_NOTIFY_FILTER_TYPE_DEVICEINTERFACE))
    {
        OutputDebugStringW(EventData->u.DeviceInterface.SymbolicLink);
    }
    return ERROR_SUCCESS;
}

CONFIGRET user_usage_notification(LPGUID Interface, PVOID Context, PHCMNOTIFICATION Notification)
{
    CM_NOTIFY_FILTER filter = {};

    filter.cbSize = sizeof(filter);
    filter.FilterType = CM_NOTIFY_FILTER_TYPE_DEVICEINTERFACE;
    filter.u.DeviceInterface.ClassGuid = *Interface;
    return CM_Register_Notification(&filter, Context, UserUsageOnNotification, Notification);
}

CONFIGRET user_usage_enumeration(LPGUID Interface)
{
    ULONG length = 0;
    PWSTR list;
    DEVINST instance = 0;
    DEVPROPTYPE type = DEVPROP_TYPE_STRING;
    WCHAR id[MAX_DEVICE_ID_LEN];
    ULONG size = sizeof(id);
    CONFIGRET result = CM_Get_Device_Interface_List_SizeW(&length, Interface, NULL, CM_GET_DEVICE_INTERFACE_LIST_PRESENT);

    if (result != CR_SUCCESS)
    {
        return result;
    }
    list = (PWSTR)HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, length * sizeof(WCHAR));
    result = CM_Get_Device_Interface_ListW(Interface, NULL, list, length, CM_GET_DEVICE_INTERFACE_LIST_PRESENT);
    if (result == CR_SUCCESS)
    {
        result = CM_Get_Device_Interface_PropertyW(list, &DEVPKEY_Device_InstanceId, &type, (PBYTE)id, &size, 0);
    }
    if (result == CR_SUCCESS)
    {
        result = CM_Locate_DevNodeW(&instance, id, CM_LOCATE_DEVNODE_NORMAL);
    }
    if (result == CR_SUCCESS)
    {
        result = CM_Get_Parent(&instance, instance, 0);
    }
    HeapFree(GetProcessHeap(), 0, list);
    return result;
}

LONG user_usage_registry(HKEY Parent)
{
    HKEY key;
    DWORD type;
    DWORD value = 0;
    DWORD size = sizeof(value);
    LONG result = RegOpenKeyEx(Parent, TEXT("Parameters"), 0, KEY_READ, &key);

    if (result != ERROR_SUCCESS)
    {
        return result;
    }
    result = RegQueryValueEx(key, TEXT("Value"), NULL, &type, (LPBYTE)&value, &size);
    if ((result == ERROR_SUCCESS) && (type == REG_DWORD))
    {
        result = RegSetValueEx(key, TEXT("Value"), 0, REG_DWORD, (const BYTE *)&value, sizeof(value));
    }
    RegCloseKey(key);
    return (Parent == HKEY_LOCAL_MACHINE) ? RegDeleteKey(Parent, TEXT("Parameters")) : result;
}

BOOL user_usage_service(LPCTSTR Name, LPCTSTR Path)
{
    SERVICE_STATUS status;
    SC_HANDLE manager = OpenSCManager(NULL, NULL, SC_MANAGER_ALL_ACCESS);
    SC_HANDLE service = CreateService(manager, Name, Name, SERVICE_ALL_ACCESS, SERVICE_KERNEL_DRIVER, SERVICE_DEMAND_START,
                                      SERVICE_ERROR_NORMAL, Path, NULL, NULL, NULL, NULL, NULL);

    return StartService(service, 0, NULL) && ControlService(service, SERVICE_CONTROL_STOP, &status) &&
           (status.dwCurrentState == SERVICE_STOPPED) && DeleteService(service) && CloseServiceHandle(service) &&
           CloseServiceHandle(manager);
}

BOOL user_usage_privilege(void)
{
    TOKEN_PRIVILEGES privileges;
    HANDLE token;

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY | TOKEN_ADJUST_PRIVILEGES, &token))
    {
        return FALSE;
    }
    privileges.PrivilegeCount = 1;
    privileges.Privileges[0].Attributes = SE_PRIVILEGE_ENABLED;
    return LookupPrivilegeValue(NULL, SE_SYSTEM_ENVIRONMENT_NAME, &privileges.Privileges[0].Luid) &&
           AdjustTokenPrivileges(token, FALSE, &privileges, 0, NULL, NULL);
}

static DWORD WINAPI UserUsageThread(LPVOID Context)
{
    return WaitForSingleObjectEx((HANDLE)Context, INFINITE, TRUE);
}

static VOID CALLBACK UserUsageWork(PTP_CALLBACK_INSTANCE Instance, PVOID Context, PTP_WORK Work)
{
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(Work);
    SetEvent((HANDLE)Context);
}

VOID user_usage_synchronisation(void)
{
    static SRWLOCK lock = SRWLOCK_INIT;
    static CONDITION_VARIABLE condition = CONDITION_VARIABLE_INIT;
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    CRITICAL_SECTION section;
    TP_CALLBACK_ENVIRON environment;
    HANDLE objects[2];
    DWORD identifier;
    PTP_WORK work;

    InitializeCriticalSection(&section);
    EnterCriticalSection(&section);
    LeaveCriticalSection(&section);
    DeleteCriticalSection(&section);
    AcquireSRWLockExclusive(&lock);
    SleepConditionVariableSRW(&condition, &lock, 10, 0);
    ReleaseSRWLockExclusive(&lock);
    InitOnceExecuteOnce(&once, NULL, NULL, NULL);
    objects[0] = CreateEvent(NULL, FALSE, FALSE, NULL);
    objects[1] = CreateThread(NULL, 0, UserUsageThread, objects[0], 0, &identifier);
    InitializeThreadpoolEnvironment(&environment);
    SetThreadpoolCallbackPriority(&environment, TP_CALLBACK_PRIORITY_HIGH);
    work = CreateThreadpoolWork(UserUsageWork, objects[0], &environment);
    SubmitThreadpoolWork(work);
    WaitForThreadpoolWorkCallbacks(work, FALSE);
    CloseThreadpoolWork(work);
    DestroyThreadpoolEnvironment(&environment);
    switch (WaitForMultipleObjectsEx(2, objects, TRUE, 1000, FALSE))
    {
        case WAIT_OBJECT_0:
        case WAIT_ABANDONED_0:
        case WAIT_TIMEOUT:
        case WAIT_IO_COMPLETION:
        case WAIT_FAILED:
        default:
            break;
    }
}

DWORD user_usage_exceptions(DWORD Code)
{
    switch (Code)
    {
        case EXCEPTION_ACCESS_VIOLATION:
        case EXCEPTION_INT_DIVIDE_BY_ZERO:
        case EXCEPTION_BREAKPOINT:
            return STILL_ACTIVE;
        default:
            return 0;
    }
}

BOOL user_usage_setup(LPGUID Interface)
{
    SP_DEVICE_INTERFACE_DATA data;
    PSP_DEVICE_INTERFACE_DETAIL_DATA detail;
    SP_DEVINFO_DATA device;
    DWORD size = 0;
    HDEVINFO set = SetupDiGetClassDevs(Interface, NULL, NULL, DIGCF_PRESENT | DIGCF_DEVICEINTERFACE);

    data.cbSize = sizeof(data);
    device.cbSize = sizeof(device);
    if (!SetupDiEnumDeviceInterfaces(set, NULL, Interface, 0, &data) && (GetLastError() == ERROR_NO_MORE_ITEMS))
    {
        return SetupDiDestroyDeviceInfoList(set);
    }
    SetupDiGetDeviceInterfaceDetail(set, &data, NULL, 0, &size, NULL);
    detail = (PSP_DEVICE_INTERFACE_DETAIL_DATA)LocalAlloc(LPTR, size);
    detail->cbSize = sizeof(*detail);
    return SetupDiGetDeviceInterfaceDetail(set, &data, detail, size, &size, &device) && (LocalFree(detail) == NULL);
}
