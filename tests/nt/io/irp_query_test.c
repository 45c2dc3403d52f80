/* SPDX-License-Identifier: MIT */
/*
 * What drivers ask of packets and threads.
 */
#include "io_case.h"

static void a_packet_that_no_thread_sent_has_no_requestor(void)
{
    PIRP irp = IoAllocateIrp(1, FALSE);
    ULONG session = 5;

    CHECK(IoGetRequestorProcess(irp) == NULL);
    CHECK_EQUAL(IoGetRequestorProcessId(irp), 0);
    CHECK_EQUAL(IoGetRequestorSessionId(irp, &session), STATUS_UNSUCCESSFUL);
    CHECK_EQUAL(session, (ULONG)-1);
    IoFreeIrp(irp);
}

static void a_packets_requestor_is_its_threads_process(void)
{
    PIRP irp = IoAllocateIrp(1, FALSE);
    ULONG session = 5;

    irp->Tail.Overlay.Thread = PsGetCurrentThread();
    CHECK(IoGetRequestorProcess(irp) == PsGetCurrentProcess());
    CHECK(IoGetCurrentProcess() == PsGetCurrentProcess());
    CHECK_EQUAL(IoGetRequestorProcessId(irp), (ULONG)(ULONG_PTR)PsGetCurrentProcessId());
    CHECK_EQUAL(IoGetRequestorSessionId(irp, &session), STATUS_SUCCESS);
    CHECK_EQUAL(session, 0);
    CHECK(!IoIs32bitProcess(irp) && !IoIs32bitProcess(NULL));
    IoFreeIrp(irp);
}

static void a_packet_keeps_its_priority_hint(void)
{
    PIRP irp = IoAllocateIrp(1, FALSE);

    irp->Flags = IRP_NOCACHE;
    CHECK_EQUAL(IoGetIoPriorityHint(irp), IoPriorityNormal);
    for (IO_PRIORITY_HINT hint = IoPriorityVeryLow; hint < MaxIoPriorityTypes; hint++)
    {
        CHECK_EQUAL(IoSetIoPriorityHint(irp, hint), STATUS_SUCCESS);
        CHECK_EQUAL(IoGetIoPriorityHint(irp), hint);
    }
    CHECK_EQUAL(IoSetIoPriorityHint(irp, MaxIoPriorityTypes), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(IoGetIoPriorityHint(irp), IoPriorityCritical);
    CHECK((irp->Flags & IRP_NOCACHE) != 0);
    CHECK_EQUAL(IoGetPagingIoPriority(irp), IoPagingPriorityInvalid);
    irp->Flags |= IRP_PAGING_IO;
    CHECK_EQUAL(IoGetPagingIoPriority(irp), IoPagingPriorityNormal);
    IoFreeIrp(irp);
}

static void an_operation_is_synchronous_by_its_api_its_file_or_its_paging(void)
{
    PIRP irp = IoAllocateIrp(1, FALSE);
    FILE_OBJECT file = {0};

    IoSetNextIrpStackLocation(irp);
    CHECK(!IoIsOperationSynchronous(irp));
    irp->Flags = IRP_SYNCHRONOUS_API;
    CHECK(IoIsOperationSynchronous(irp));
    irp->Flags = 0;
    IoGetCurrentIrpStackLocation(irp)->FileObject = &file;
    CHECK(!IoIsOperationSynchronous(irp));
    file.Flags = FO_SYNCHRONOUS_IO;
    CHECK(IoIsOperationSynchronous(irp));
    irp->Flags = IRP_PAGING_IO;
    CHECK(!IoIsOperationSynchronous(irp));
    irp->Flags = IRP_PAGING_IO | IRP_SYNCHRONOUS_PAGING_IO;
    CHECK(IoIsOperationSynchronous(irp));
    IoFreeIrp(irp);
}

static void a_control_may_do_what_its_handle_allows(void)
{
    PIRP irp = IoAllocateIrp(1, FALSE);
    PIO_STACK_LOCATION location;

    IoSetNextIrpStackLocation(irp);
    location = IoGetCurrentIrpStackLocation(irp);
    location->MajorFunction = IRP_MJ_DEVICE_CONTROL;
    irp->RequestorMode = UserMode;
    CHECK_EQUAL(IoValidateDeviceIoControlAccess(irp, FILE_READ_ACCESS), STATUS_ACCESS_DENIED);
    location->Flags = SL_READ_ACCESS_GRANTED;
    CHECK_EQUAL(IoValidateDeviceIoControlAccess(irp, FILE_READ_ACCESS), STATUS_SUCCESS);
    CHECK_EQUAL(IoValidateDeviceIoControlAccess(irp, FILE_READ_ACCESS | FILE_WRITE_ACCESS), STATUS_ACCESS_DENIED);
    location->Flags |= SL_WRITE_ACCESS_GRANTED;
    CHECK_EQUAL(IoValidateDeviceIoControlAccess(irp, FILE_READ_ACCESS | FILE_WRITE_ACCESS), STATUS_SUCCESS);
    CHECK_EQUAL(IoValidateDeviceIoControlAccess(irp, 8), STATUS_INVALID_PARAMETER);
    location->Flags = 0;
    irp->RequestorMode = KernelMode;
    CHECK_EQUAL(IoValidateDeviceIoControlAccess(irp, FILE_WRITE_ACCESS), STATUS_SUCCESS);
    location->MajorFunction = IRP_MJ_READ;
    CHECK_EQUAL(IoValidateDeviceIoControlAccess(irp, FILE_READ_ACCESS), STATUS_INVALID_PARAMETER);
    IoFreeIrp(irp);
}

static void desired_access_is_mapped_and_compared(void)
{
    ACCESS_MASK access = GENERIC_READ;

    CHECK_EQUAL(IoGetFileObjectGenericMapping()->GenericRead, FILE_GENERIC_READ);
    CHECK_EQUAL(IoCheckDesiredAccess(&access, FILE_ALL_ACCESS), STATUS_SUCCESS);
    CHECK_EQUAL(access, FILE_GENERIC_READ);
    CHECK_EQUAL(IoCheckDesiredAccess(&access, FILE_WRITE_DATA), STATUS_ACCESS_DENIED);
}

static void a_file_keeps_its_origin(void)
{
    FILE_OBJECT file = {.Flags = FO_SYNCHRONOUS_IO};

    CHECK(!IoIsFileOriginRemote(&file));
    CHECK_EQUAL(IoSetFileOrigin(&file, TRUE), STATUS_SUCCESS);
    CHECK(IoIsFileOriginRemote(&file));
    CHECK_EQUAL(IoSetFileOrigin(&file, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(file.Flags, FO_SYNCHRONOUS_IO);
}

static IRP somebodys_packet;
static DEVICE_OBJECT somebodys_device;

static void see_nothing_of_other_threads(void *argument)
{
    (void)argument;
    CHECK(IoGetTopLevelIrp() == NULL);
    CHECK(IoGetActivityIdThread() == NULL);
    CHECK(IoGetDeviceToVerify(PsGetCurrentThread()) == NULL);
    CHECK(IoSetThreadHardErrorMode(TRUE));
}

static void what_is_left_with_a_thread_is_its_own(void)
{
    static GUID activity = {1, 2, 3, {4}};

    IoSetTopLevelIrp(&somebodys_packet);
    IoSetDeviceToVerify(PsGetCurrentThread(), &somebodys_device);
    CHECK(IoSetActivityIdThread(&activity) == NULL);
    CHECK(IoSetThreadHardErrorMode(FALSE));
    nt_thread_join(nt_thread_start(see_nothing_of_other_threads, NULL));
    CHECK(IoGetTopLevelIrp() == &somebodys_packet);
    CHECK(IoGetDeviceToVerify(PsGetCurrentThread()) == &somebodys_device);
    CHECK(IoGetActivityIdThread() == &activity);
    IoClearActivityIdThread(NULL);
    CHECK(IoGetActivityIdThread() == NULL);
    CHECK(!IoSetThreadHardErrorMode(TRUE));
    IoSetDeviceToVerify(PsGetCurrentThread(), NULL);
    IoSetTopLevelIrp(NULL);
}

static void the_driver_model_is_that_of_windows_vista(void)
{
    CHECK(IoIsWdmVersionAvailable(1, 0x30));
    CHECK(IoIsWdmVersionAvailable(6, 0));
    CHECK(!IoIsWdmVersionAvailable(6, 1));
    CHECK(!IoIsWdmVersionAvailable(7, 0));
}

static void drivers_count_their_devices_in_one_place(void)
{
    PCONFIGURATION_INFORMATION information = IoGetConfigurationInformation();

    CHECK_EQUAL(information->Version, sizeof(*information));
    information->SerialCount++;
    CHECK(IoGetConfigurationInformation() == information);
    information->SerialCount--;
}

const struct nt_case nt_cases[] = {
    CASE(a_packet_that_no_thread_sent_has_no_requestor),
    CASE(a_packets_requestor_is_its_threads_process),
    CASE(a_packet_keeps_its_priority_hint),
    CASE(an_operation_is_synchronous_by_its_api_its_file_or_its_paging),
    CASE(a_control_may_do_what_its_handle_allows),
    CASE(desired_access_is_mapped_and_compared),
    CASE(a_file_keeps_its_origin),
    CASE(what_is_left_with_a_thread_is_its_own),
    CASE(the_driver_model_is_that_of_windows_vista),
    CASE(drivers_count_their_devices_in_one_place),
    CASES_END,
};
