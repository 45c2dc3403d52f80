/* SPDX-License-Identifier: MIT */
/*
 * The part of the window manager that programs for devices use: the message loop of a window that only receives
 * notifications, registration for device and power events, formatting and case of text.
 */
#ifndef WINUSER_H
#define WINUSER_H

#include <stdarg.h>
#include "minwinbase.h"

#define MAKEINTRESOURCEA(Id) ((LPSTR)((ULONG_PTR)((WORD)(Id))))
#define MAKEINTRESOURCEW(Id) ((LPWSTR)((ULONG_PTR)((WORD)(Id))))
#define MAKEINTRESOURCE DMF_NAME_AW(MAKEINTRESOURCE)
#define IS_INTRESOURCE(Resource) ((((ULONG_PTR)(Resource)) >> 16) == 0)
#define RT_STRING MAKEINTRESOURCE(6)
#define RT_RCDATA MAKEINTRESOURCE(10)
#define RT_MESSAGETABLE MAKEINTRESOURCE(11)
#define RT_VERSION MAKEINTRESOURCE(16)
#define RT_MANIFEST MAKEINTRESOURCE(24)
#define HWND_MESSAGE ((HWND)-3)
#define HWND_BROADCAST ((HWND)0xffff)
#define MAKEWPARAM(Low, High) ((WPARAM)(DWORD)MAKELONG(Low, High))
#define MAKELPARAM(Low, High) ((LPARAM)(DWORD)MAKELONG(Low, High))
#define MAKELRESULT(Low, High) ((LRESULT)(DWORD)MAKELONG(Low, High))

#define SW_HIDE 0
#define SW_SHOWNORMAL 1
#define SW_SHOW 5
#define UOI_FLAGS 1
#define UOI_NAME 2
#define GWL_STYLE (-16)
#define GWL_EXSTYLE (-20)
#define GWLP_WNDPROC (-4)
#define GWLP_HINSTANCE (-6)
#define GWLP_HWNDPARENT (-8)
#define GWLP_USERDATA (-21)
#define GWLP_ID (-12)
#define WM_NULL 0x0000
#define WM_CREATE 0x0001
#define WM_DESTROY 0x0002
#define WM_MOVE 0x0003
#define WM_SIZE 0x0005
#define WM_ACTIVATE 0x0006
#define WM_SETFOCUS 0x0007
#define WM_KILLFOCUS 0x0008
#define WM_ENABLE 0x000A
#define WM_SETTEXT 0x000C
#define WM_GETTEXT 0x000D
#define WM_PAINT 0x000F
#define WM_CLOSE 0x0010
#define WM_QUERYENDSESSION 0x0011
#define WM_ENDSESSION 0x0016
#define WM_QUIT 0x0012
#define WM_SYSCOLORCHANGE 0x0015
#define WM_SHOWWINDOW 0x0018
#define WM_WININICHANGE 0x001A
#define WM_SETTINGCHANGE WM_WININICHANGE
#define WM_DEVMODECHANGE 0x001B
#define WM_TIMECHANGE 0x001E
#define WM_POWER 0x0048
#define WM_COPYDATA 0x004A
#define WM_NCCREATE 0x0081
#define WM_NCDESTROY 0x0082
#define WM_INPUT_DEVICE_CHANGE 0x00fe
#define WM_INPUT 0x00FF
#define WM_KEYDOWN 0x0100
#define WM_KEYUP 0x0101
#define WM_CHAR 0x0102
#define WM_COMMAND 0x0111
#define WM_SYSCOMMAND 0x0112
#define WM_TIMER 0x0113
#define WM_MOUSEMOVE 0x0200
#define WM_POWERBROADCAST 0x0218
#define PBT_APMQUERYSUSPEND 0x0000
#define PBT_APMQUERYSTANDBY 0x0001
#define PBT_APMQUERYSUSPENDFAILED 0x0002
#define PBT_APMQUERYSTANDBYFAILED 0x0003
#define PBT_APMSUSPEND 0x0004
#define PBT_APMSTANDBY 0x0005
#define PBT_APMRESUMECRITICAL 0x0006
#define PBT_APMRESUMESUSPEND 0x0007
#define PBT_APMRESUMESTANDBY 0x0008
#define PBTF_APMRESUMEFROMFAILURE 0x00000001
#define PBT_APMBATTERYLOW 0x0009
#define PBT_APMPOWERSTATUSCHANGE 0x000A
#define PBT_APMOEMEVENT 0x000B
#define PBT_APMRESUMEAUTOMATIC 0x0012
#define PBT_POWERSETTINGCHANGE 32787
#define WM_APP 0x8000
#define WM_USER 0x0400
#define SMTO_NORMAL 0x0000
#define SMTO_BLOCK 0x0001
#define SMTO_ABORTIFHUNG 0x0002
#define WS_OVERLAPPED 0x00000000
#define WS_POPUP 0x80000000
#define WS_CHILD 0x40000000
#define WS_MINIMIZE 0x20000000
#define WS_VISIBLE 0x10000000
#define WS_DISABLED 0x08000000
#define WS_CAPTION 0x00C00000
#define WS_BORDER 0x00800000
#define WS_SYSMENU 0x00080000
#define WS_THICKFRAME 0x00040000
#define WS_MINIMIZEBOX 0x00020000
#define WS_MAXIMIZEBOX 0x00010000
#define WS_OVERLAPPEDWINDOW (WS_OVERLAPPED | WS_CAPTION | WS_SYSMENU | WS_THICKFRAME | WS_MINIMIZEBOX | WS_MAXIMIZEBOX)
#define WS_EX_TOPMOST 0x00000008
#define WS_EX_TOOLWINDOW 0x00000080
#define WS_EX_APPWINDOW 0x00040000
#define CS_VREDRAW 0x0001
#define CS_HREDRAW 0x0002
#define PM_NOREMOVE 0x0000
#define PM_REMOVE 0x0001
#define PM_NOYIELD 0x0002
#define EWX_LOGOFF 0x00000000
#define EWX_SHUTDOWN 0x00000001
#define EWX_REBOOT 0x00000002
#define EWX_FORCE 0x00000004
#define EWX_POWEROFF 0x00000008
#define EWX_FORCEIFHUNG 0x00000010
#define BROADCAST_QUERY_DENY 0x424D5144
#define DEVICE_NOTIFY_WINDOW_HANDLE 0x00000000
#define DEVICE_NOTIFY_SERVICE_HANDLE 0x00000001
#define DEVICE_NOTIFY_ALL_INTERFACE_CLASSES 0x00000004
#define CW_USEDEFAULT ((int)0x80000000)
#define MWMO_WAITALL 0x0001
#define MWMO_ALERTABLE 0x0002
#define MWMO_INPUTAVAILABLE 0x0004
#define QS_KEY 0x0001
#define QS_MOUSEMOVE 0x0002
#define QS_MOUSEBUTTON 0x0004
#define QS_POSTMESSAGE 0x0008
#define QS_TIMER 0x0010
#define QS_PAINT 0x0020
#define QS_SENDMESSAGE 0x0040
#define QS_HOTKEY 0x0080
#define QS_ALLPOSTMESSAGE 0x0100
#define QS_RAWINPUT 0x0400
#define QS_TOUCH 0x0800
#define QS_POINTER 0x1000
#define QS_MOUSE (QS_MOUSEMOVE | QS_MOUSEBUTTON)
#define QS_INPUT (QS_MOUSE | QS_KEY | QS_RAWINPUT | QS_TOUCH | QS_POINTER)
#define QS_ALLEVENTS (QS_INPUT | QS_POSTMESSAGE | QS_TIMER | QS_PAINT | QS_HOTKEY)
#define QS_ALLINPUT (QS_INPUT | QS_POSTMESSAGE | QS_TIMER | QS_PAINT | QS_HOTKEY | QS_SENDMESSAGE)
#define SM_CXSCREEN 0
#define SM_CYSCREEN 1
#define SM_CLEANBOOT 67
#define SM_REMOTESESSION 0x1000
#define MB_OK 0x00000000
#define MB_OKCANCEL 0x00000001
#define MB_ABORTRETRYIGNORE 0x00000002
#define MB_YESNOCANCEL 0x00000003
#define MB_YESNO 0x00000004
#define MB_RETRYCANCEL 0x00000005
#define MB_ICONHAND 0x00000010
#define MB_ICONQUESTION 0x00000020
#define MB_ICONEXCLAMATION 0x00000030
#define MB_ICONASTERISK 0x00000040
#define MB_ICONWARNING MB_ICONEXCLAMATION
#define MB_ICONERROR MB_ICONHAND
#define MB_ICONINFORMATION MB_ICONASTERISK
#define MB_ICONSTOP MB_ICONHAND
#define MB_DEFBUTTON1 0x00000000
#define MB_DEFBUTTON2 0x00000100
#define MB_DEFBUTTON3 0x00000200
#define MB_SYSTEMMODAL 0x00001000
#define MB_TOPMOST 0x00040000
#define MB_SERVICE_NOTIFICATION 0x00200000
#define IDOK 1
#define IDCANCEL 2
#define IDABORT 3
#define IDRETRY 4
#define IDIGNORE 5
#define IDYES 6
#define IDNO 7
#define IDCLOSE 8
#define IDHELP 9
#define IDTRYAGAIN 10
#define IDCONTINUE 11
#define IDTIMEOUT 32000
#define WM_DEVICECHANGE 0x0219

EXTERN_C_START

typedef LRESULT(CALLBACK *WNDPROC)(HWND, UINT, WPARAM, LPARAM);
typedef void(CALLBACK *TIMERPROC)(HWND, UINT, UINT_PTR, DWORD);

typedef struct tagWNDCLASSEXA
{
    UINT cbSize;
    UINT style;
    WNDPROC lpfnWndProc;
    int cbClsExtra;
    int cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    LPCSTR lpszMenuName;
    LPCSTR lpszClassName;
    HICON hIconSm;
} WNDCLASSEXA, *PWNDCLASSEXA, *LPWNDCLASSEXA;

typedef struct tagWNDCLASSEXW
{
    UINT cbSize;
    UINT style;
    WNDPROC lpfnWndProc;
    int cbClsExtra;
    int cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    LPCWSTR lpszMenuName;
    LPCWSTR lpszClassName;
    HICON hIconSm;
} WNDCLASSEXW, *PWNDCLASSEXW, *LPWNDCLASSEXW;

DMF_TYPEDEF_AW(WNDCLASSEX);
DMF_TYPEDEF_AW(PWNDCLASSEX);
DMF_TYPEDEF_AW(LPWNDCLASSEX);

typedef struct tagWNDCLASSA
{
    UINT style;
    WNDPROC lpfnWndProc;
    int cbClsExtra;
    int cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    LPCSTR lpszMenuName;
    LPCSTR lpszClassName;
} WNDCLASSA, *PWNDCLASSA, *LPWNDCLASSA;

typedef struct tagWNDCLASSW
{
    UINT style;
    WNDPROC lpfnWndProc;
    int cbClsExtra;
    int cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    LPCWSTR lpszMenuName;
    LPCWSTR lpszClassName;
} WNDCLASSW, *PWNDCLASSW, *LPWNDCLASSW;

DMF_TYPEDEF_AW(WNDCLASS);
DMF_TYPEDEF_AW(PWNDCLASS);
DMF_TYPEDEF_AW(LPWNDCLASS);

typedef struct tagMSG
{
    HWND hwnd;
    UINT message;
    WPARAM wParam;
    LPARAM lParam;
    DWORD time;
    POINT pt;
} MSG, *PMSG, *NPMSG, *LPMSG;

typedef PVOID HDEVNOTIFY;
typedef HDEVNOTIFY *PHDEVNOTIFY;
typedef HANDLE HPOWERNOTIFY;
typedef HPOWERNOTIFY *PHPOWERNOTIFY;

typedef struct tagLASTINPUTINFO
{
    UINT cbSize;
    DWORD dwTime;
} LASTINPUTINFO, *PLASTINPUTINFO;

WINBASEAPI int WINAPI wvsprintfA(LPSTR, LPCSTR, va_list arglist);
WINBASEAPI int WINAPI wvsprintfW(LPWSTR, LPCWSTR, va_list arglist);
WINBASEAPI int WINAPI wsprintfA(LPSTR, LPCSTR, ...);
WINBASEAPI int WINAPI wsprintfW(LPWSTR, LPCWSTR, ...);
WINBASEAPI HWINSTA WINAPI GetProcessWindowStation(void);
WINBASEAPI BOOL WINAPI GetUserObjectInformationA(HANDLE hObj, int nIndex, PVOID pvInfo, DWORD nLength,
                                                 LPDWORD lpnLengthNeeded);
WINBASEAPI BOOL WINAPI GetUserObjectInformationW(HANDLE hObj, int nIndex, PVOID pvInfo, DWORD nLength,
                                                 LPDWORD lpnLengthNeeded);
WINBASEAPI UINT WINAPI RegisterWindowMessageA(LPCSTR lpString);
WINBASEAPI UINT WINAPI RegisterWindowMessageW(LPCWSTR lpString);
WINBASEAPI BOOL WINAPI GetMessageA(LPMSG lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax);
WINBASEAPI BOOL WINAPI GetMessageW(LPMSG lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax);
WINBASEAPI BOOL WINAPI TranslateMessage(const MSG *lpMsg);
WINBASEAPI LRESULT WINAPI DispatchMessageA(const MSG *lpMsg);
WINBASEAPI LRESULT WINAPI DispatchMessageW(const MSG *lpMsg);
WINBASEAPI BOOL WINAPI PeekMessageA(LPMSG lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax, UINT wRemoveMsg);
WINBASEAPI BOOL WINAPI PeekMessageW(LPMSG lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax, UINT wRemoveMsg);
WINBASEAPI BOOL WINAPI ExitWindowsEx(UINT uFlags, DWORD dwReason);
WINBASEAPI LRESULT WINAPI SendMessageA(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam);
WINBASEAPI LRESULT WINAPI SendMessageW(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam);
WINBASEAPI LRESULT WINAPI SendMessageTimeoutA(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam, UINT fuFlags, UINT uTimeout,
                                              PDWORD_PTR lpdwResult);
WINBASEAPI LRESULT WINAPI SendMessageTimeoutW(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam, UINT fuFlags, UINT uTimeout,
                                              PDWORD_PTR lpdwResult);
WINBASEAPI HPOWERNOTIFY WINAPI RegisterPowerSettingNotification(HANDLE hRecipient, LPCGUID PowerSettingGuid, DWORD Flags);
WINBASEAPI BOOL WINAPI UnregisterPowerSettingNotification(HPOWERNOTIFY Handle);
WINBASEAPI HPOWERNOTIFY WINAPI RegisterSuspendResumeNotification(HANDLE hRecipient, DWORD Flags);
WINBASEAPI BOOL WINAPI UnregisterSuspendResumeNotification(HPOWERNOTIFY Handle);
WINBASEAPI BOOL WINAPI PostMessageA(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam);
WINBASEAPI BOOL WINAPI PostMessageW(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam);
WINBASEAPI BOOL WINAPI PostThreadMessageA(DWORD idThread, UINT Msg, WPARAM wParam, LPARAM lParam);
WINBASEAPI BOOL WINAPI PostThreadMessageW(DWORD idThread, UINT Msg, WPARAM wParam, LPARAM lParam);
WINBASEAPI BOOL WINAPI AttachThreadInput(DWORD idAttach, DWORD idAttachTo, BOOL fAttach);
WINBASEAPI BOOL WINAPI WaitMessage(void);
WINBASEAPI DWORD WINAPI WaitForInputIdle(HANDLE hProcess, DWORD dwMilliseconds);
WINBASEAPI LRESULT WINAPI DefWindowProcA(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam);
WINBASEAPI LRESULT WINAPI DefWindowProcW(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam);
WINBASEAPI void WINAPI PostQuitMessage(int nExitCode);
WINBASEAPI ATOM WINAPI RegisterClassA(const WNDCLASSA *lpWndClass);
WINBASEAPI ATOM WINAPI RegisterClassW(const WNDCLASSW *lpWndClass);
WINBASEAPI BOOL WINAPI UnregisterClassA(LPCSTR lpClassName, HINSTANCE hInstance);
WINBASEAPI BOOL WINAPI UnregisterClassW(LPCWSTR lpClassName, HINSTANCE hInstance);
WINBASEAPI ATOM WINAPI RegisterClassExA(const WNDCLASSEXA *);
WINBASEAPI ATOM WINAPI RegisterClassExW(const WNDCLASSEXW *);
WINBASEAPI HDEVNOTIFY WINAPI RegisterDeviceNotificationA(HANDLE hRecipient, LPVOID NotificationFilter, DWORD Flags);
WINBASEAPI HDEVNOTIFY WINAPI RegisterDeviceNotificationW(HANDLE hRecipient, LPVOID NotificationFilter, DWORD Flags);
WINBASEAPI BOOL WINAPI UnregisterDeviceNotification(HDEVNOTIFY Handle);
WINBASEAPI HWND WINAPI CreateWindowExA(DWORD dwExStyle, LPCSTR lpClassName, LPCSTR lpWindowName, DWORD dwStyle, int X, int Y,
                                       int nWidth, int nHeight, HWND hWndParent, HMENU hMenu, HINSTANCE hInstance,
                                       LPVOID lpParam);
WINBASEAPI HWND WINAPI CreateWindowExW(DWORD dwExStyle, LPCWSTR lpClassName, LPCWSTR lpWindowName, DWORD dwStyle, int X,
                                       int Y, int nWidth, int nHeight, HWND hWndParent, HMENU hMenu, HINSTANCE hInstance,
                                       LPVOID lpParam);
WINBASEAPI BOOL WINAPI IsWindow(HWND hWnd);
WINBASEAPI BOOL WINAPI DestroyWindow(HWND hWnd);
WINBASEAPI BOOL WINAPI ShowWindow(HWND hWnd, int nCmdShow);
WINBASEAPI BOOL WINAPI CharToOemA(LPCSTR lpszSrc, LPSTR lpszDst);
WINBASEAPI BOOL WINAPI CharToOemW(LPCWSTR lpszSrc, LPSTR lpszDst);
WINBASEAPI BOOL WINAPI OemToCharA(LPCSTR lpszSrc, LPSTR lpszDst);
WINBASEAPI BOOL WINAPI OemToCharW(LPCSTR lpszSrc, LPWSTR lpszDst);
WINBASEAPI LPSTR WINAPI CharUpperA(LPSTR lpsz);
WINBASEAPI LPWSTR WINAPI CharUpperW(LPWSTR lpsz);
WINBASEAPI DWORD WINAPI CharUpperBuffA(LPSTR lpsz, DWORD cchLength);
WINBASEAPI DWORD WINAPI CharUpperBuffW(LPWSTR lpsz, DWORD cchLength);
WINBASEAPI LPSTR WINAPI CharLowerA(LPSTR lpsz);
WINBASEAPI LPWSTR WINAPI CharLowerW(LPWSTR lpsz);
WINBASEAPI DWORD WINAPI CharLowerBuffA(LPSTR lpsz, DWORD cchLength);
WINBASEAPI DWORD WINAPI CharLowerBuffW(LPWSTR lpsz, DWORD cchLength);
WINBASEAPI LPSTR WINAPI CharNextA(LPCSTR lpsz);
WINBASEAPI LPWSTR WINAPI CharNextW(LPCWSTR lpsz);
WINBASEAPI LPSTR WINAPI CharPrevA(LPCSTR lpszStart, LPCSTR lpszCurrent);
WINBASEAPI LPWSTR WINAPI CharPrevW(LPCWSTR lpszStart, LPCWSTR lpszCurrent);
WINBASEAPI BOOL WINAPI IsCharAlphaA(CHAR ch);
WINBASEAPI BOOL WINAPI IsCharAlphaW(WCHAR ch);
WINBASEAPI BOOL WINAPI IsCharAlphaNumericA(CHAR ch);
WINBASEAPI BOOL WINAPI IsCharAlphaNumericW(WCHAR ch);
WINBASEAPI BOOL WINAPI IsCharUpperA(CHAR ch);
WINBASEAPI BOOL WINAPI IsCharUpperW(WCHAR ch);
WINBASEAPI BOOL WINAPI IsCharLowerA(CHAR ch);
WINBASEAPI BOOL WINAPI IsCharLowerW(WCHAR ch);
WINBASEAPI BOOL WINAPI GetLastInputInfo(PLASTINPUTINFO plii);
WINBASEAPI DWORD WINAPI MsgWaitForMultipleObjects(DWORD nCount, const HANDLE *pHandles, BOOL fWaitAll, DWORD dwMilliseconds,
                                                  DWORD dwWakeMask);
WINBASEAPI DWORD WINAPI MsgWaitForMultipleObjectsEx(DWORD nCount, const HANDLE *pHandles, DWORD dwMilliseconds,
                                                    DWORD dwWakeMask, DWORD dwFlags);
WINBASEAPI UINT_PTR WINAPI SetTimer(HWND hWnd, UINT_PTR nIDEvent, UINT uElapse, TIMERPROC lpTimerFunc);
WINBASEAPI BOOL WINAPI KillTimer(HWND hWnd, UINT_PTR uIDEvent);
WINBASEAPI int WINAPI GetSystemMetrics(int nIndex);
WINBASEAPI BOOL WINAPI UpdateWindow(HWND hWnd);
WINBASEAPI HWND WINAPI GetForegroundWindow(void);
WINBASEAPI int WINAPI MessageBoxA(HWND hWnd, LPCSTR lpText, LPCSTR lpCaption, UINT uType);
WINBASEAPI int WINAPI MessageBoxW(HWND hWnd, LPCWSTR lpText, LPCWSTR lpCaption, UINT uType);
WINBASEAPI BOOL WINAPI MessageBeep(UINT uType);
WINBASEAPI LONG_PTR WINAPI GetWindowLongPtrA(HWND hWnd, int nIndex);
WINBASEAPI LONG_PTR WINAPI GetWindowLongPtrW(HWND hWnd, int nIndex);
WINBASEAPI LONG_PTR WINAPI SetWindowLongPtrA(HWND hWnd, int nIndex, LONG_PTR dwNewLong);
WINBASEAPI LONG_PTR WINAPI SetWindowLongPtrW(HWND hWnd, int nIndex, LONG_PTR dwNewLong);
WINBASEAPI HWND WINAPI GetDesktopWindow(void);
WINBASEAPI HWND WINAPI FindWindowA(LPCSTR lpClassName, LPCSTR lpWindowName);
WINBASEAPI HWND WINAPI FindWindowW(LPCWSTR lpClassName, LPCWSTR lpWindowName);
WINBASEAPI HWND WINAPI FindWindowExA(HWND hWndParent, HWND hWndChildAfter, LPCSTR lpszClass, LPCSTR lpszWindow);
WINBASEAPI HWND WINAPI FindWindowExW(HWND hWndParent, HWND hWndChildAfter, LPCWSTR lpszClass, LPCWSTR lpszWindow);
WINBASEAPI BOOL WINAPI LockWorkStation(void);
WINBASEAPI HWND WINAPI GetConsoleWindow(void);

typedef struct
{
    GUID PowerSetting;
    DWORD DataLength;
    UCHAR Data[1];
} POWERBROADCAST_SETTING, *PPOWERBROADCAST_SETTING;

#define DEVICE_NOTIFY_CALLBACK 2
typedef ULONG(CALLBACK DEVICE_NOTIFY_CALLBACK_ROUTINE)(PVOID Context, ULONG Type, PVOID Setting);
typedef DEVICE_NOTIFY_CALLBACK_ROUTINE *PDEVICE_NOTIFY_CALLBACK_ROUTINE;

typedef struct _DEVICE_NOTIFY_SUBSCRIBE_PARAMETERS
{
    PDEVICE_NOTIFY_CALLBACK_ROUTINE Callback;
    PVOID Context;
} DEVICE_NOTIFY_SUBSCRIBE_PARAMETERS, *PDEVICE_NOTIFY_SUBSCRIBE_PARAMETERS;

#define CreateWindowA(Class, Name, Style, X, Y, Width, Height, Parent, Menu, Instance, Parameter) \
    CreateWindowExA(0, Class, Name, Style, X, Y, Width, Height, Parent, Menu, Instance, Parameter)
#define CreateWindowW(Class, Name, Style, X, Y, Width, Height, Parent, Menu, Instance, Parameter) \
    CreateWindowExW(0, Class, Name, Style, X, Y, Width, Height, Parent, Menu, Instance, Parameter)
#define CreateWindow DMF_NAME_AW(CreateWindow)

EXTERN_C_END

#define wvsprintf DMF_NAME_AW(wvsprintf)
#define wsprintf DMF_NAME_AW(wsprintf)
#define GetUserObjectInformation DMF_NAME_AW(GetUserObjectInformation)
#define RegisterWindowMessage DMF_NAME_AW(RegisterWindowMessage)
#define GetMessage DMF_NAME_AW(GetMessage)
#define DispatchMessage DMF_NAME_AW(DispatchMessage)
#define PeekMessage DMF_NAME_AW(PeekMessage)
#define SendMessage DMF_NAME_AW(SendMessage)
#define SendMessageTimeout DMF_NAME_AW(SendMessageTimeout)
#define PostMessage DMF_NAME_AW(PostMessage)
#define PostThreadMessage DMF_NAME_AW(PostThreadMessage)
#define DefWindowProc DMF_NAME_AW(DefWindowProc)
#define RegisterClass DMF_NAME_AW(RegisterClass)
#define UnregisterClass DMF_NAME_AW(UnregisterClass)
#define RegisterClassEx DMF_NAME_AW(RegisterClassEx)
#define RegisterDeviceNotification DMF_NAME_AW(RegisterDeviceNotification)
#define CreateWindowEx DMF_NAME_AW(CreateWindowEx)
#define CharToOem DMF_NAME_AW(CharToOem)
#define OemToChar DMF_NAME_AW(OemToChar)
#define CharUpper DMF_NAME_AW(CharUpper)
#define CharUpperBuff DMF_NAME_AW(CharUpperBuff)
#define CharLower DMF_NAME_AW(CharLower)
#define CharLowerBuff DMF_NAME_AW(CharLowerBuff)
#define CharNext DMF_NAME_AW(CharNext)
#define CharPrev DMF_NAME_AW(CharPrev)
#define IsCharAlpha DMF_NAME_AW(IsCharAlpha)
#define IsCharAlphaNumeric DMF_NAME_AW(IsCharAlphaNumeric)
#define IsCharUpper DMF_NAME_AW(IsCharUpper)
#define IsCharLower DMF_NAME_AW(IsCharLower)
#define MessageBox DMF_NAME_AW(MessageBox)
#define GetWindowLongPtr DMF_NAME_AW(GetWindowLongPtr)
#define SetWindowLongPtr DMF_NAME_AW(SetWindowLongPtr)
#define FindWindow DMF_NAME_AW(FindWindow)
#define FindWindowEx DMF_NAME_AW(FindWindowEx)

#endif /* WINUSER_H */
