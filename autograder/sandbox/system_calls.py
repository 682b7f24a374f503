"""seccomp: which calls to the kernel a submission may make. What is not listed does not exist.

The list is what Python, NumPy, the C library and the shell's programs use. A call outside it fails
with ENOSYS, as on a kernel that does not have it, so that libraries fall back to another way.
"""

from __future__ import annotations

import errno
from typing import Any

# Grouped as in the manual's section 2.
_FILES = """
    access faccessat faccessat2 chdir fchdir close close_range
    copy_file_range creat dup dup2 dup3 fadvise64 fallocate fdatasync fgetxattr flistxattr
    flock fstat fstatfs fsync ftruncate getcwd getdents getdents64 getxattr lgetxattr link linkat
    listxattr llistxattr lseek lstat mkdir mkdirat newfstatat open openat openat2 pread64 preadv
    preadv2 pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv rename renameat
    renameat2 rmdir sendfile splice stat statfs statx symlink symlinkat sync_file_range syncfs
    umask unlink unlinkat write writev
"""
_ATTRIBUTES = """
    chmod chown fchmod fchmodat fchmodat2 fchown fchownat futimesat lchown utime utimensat utimes
"""
_MEMORY = """
    brk madvise mincore mprotect mremap msync munlock munlockall mlock mlock2 mlockall munmap
    membarrier pkey_alloc pkey_free pkey_mprotect get_mempolicy set_mempolicy mbind
    process_mrelease
"""
_WAITING = """
    epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait
    epoll_wait_old eventfd eventfd2 futex futex_waitv pause pipe pipe2 poll ppoll pselect6 select
    signalfd signalfd4 timerfd_create timerfd_gettime timerfd_settime restart_syscall
"""
_TIME = """
    alarm clock_getres clock_gettime clock_nanosleep getitimer gettimeofday nanosleep setitimer
    time timer_create timer_delete timer_getoverrun timer_gettime timer_settime times
"""
_PROCESS = """
    arch_prctl capget exit exit_group get_robust_list get_thread_area getcpu getegid geteuid getgid
    getgroups getpgid getpgrp getpid getppid getpriority getrandom getresgid getresuid getrlimit
    getrusage getsid gettid getuid ioprio_get rseq rt_sigaction rt_sigpending rt_sigprocmask
    rt_sigreturn rt_sigsuspend rt_sigtimedwait sched_get_priority_max
    sched_get_priority_min sched_getaffinity sched_getattr sched_getparam sched_getscheduler
    sched_rr_get_interval sched_yield set_robust_list set_thread_area set_tid_address setpgid
    sigaltstack sysinfo uname wait4 waitid
"""
_OTHER_PROCESSES = """
    execve execveat fork vfork kill tgkill tkill pidfd_open pidfd_send_signal rt_sigqueueinfo
    rt_tgsigqueueinfo truncate
"""
_LOCAL_SOCKETS = """
    accept accept4 bind connect getpeername getsockname getsockopt listen recvfrom recvmmsg recvmsg
    sendto shutdown
"""
_SENDING_DESCRIPTORS = "sendmmsg sendmsg"
_WATCHING_FILES = "inotify_add_watch inotify_init inotify_init1 inotify_rm_watch"

_AF_UNIX = 1
_SOCK_STREAM, _SOCK_SEQPACKET, _SOCK_KINDS = 1, 5, 0xF
_SOL_SOCKET = 1
_SIZES_OF_BUFFERS = (7, 8, 32, 33)  # SO_SNDBUF, SO_RCVBUF, and the two …FORCE
_MAP_SHARED_AND_ANONYMOUS, _MAP_GROWSDOWN = 0x01 | 0x20, 0x0100
# Of fcntl: copies, flags, locks, sizes of pipes, seals. Of ioctl: is it a terminal, how large,
# bytes to read, close on exec, do not wait. Neither can make a process the owner of a file.
_FILE_COMMANDS = (0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 36, 37, 38, 1030, 1031, 1032, 1033, 1034)
_DEVICE_COMMANDS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
_CLONE_THREAD = 0x00010000
_NEW_NAMESPACES = 0x7E020080  # every CLONE_NEW… flag: ns, cgroup, uts, ipc, user, pid, net, time
_PR_SET_NAME, _PR_GET_NAME, _PR_GET_DUMPABLE, _PR_SET_VMA = 15, 16, 3, 0x53564D41


def build_filter(*, other_processes: bool) -> Any:
    """The filter, ready to load. ``other_processes`` lets a submission start programs.

    Without a process namespace it may not, for nothing would end them with the submission.
    Raises :class:`ImportError` or :class:`OSError` where the seccomp library is missing.
    """
    import pyseccomp as seccomp

    rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.ENOSYS))
    refuse = seccomp.ERRNO(errno.EPERM)
    groups = [_FILES, _MEMORY, _WAITING, _TIME, _PROCESS, _LOCAL_SOCKETS]
    if other_processes:
        groups += [_OTHER_PROCESSES, _ATTRIBUTES, "fcntl ioctl"]
        groups += [_SENDING_DESCRIPTORS, _WATCHING_FILES]
    for name in " ".join(groups).split():
        _add(rules, seccomp.ALLOW, name)
    _allow_some(rules, seccomp, other_processes)
    for name in _REFUSED.split():
        _add(rules, refuse, name)
    # Seems to succeed, and does nothing: the kernel shares the processor by session, so that a
    # submission may have no second one, and programs that ask for one run without.
    _add(rules, seccomp.ERRNO(0), "setsid")
    if not other_processes:
        _keep_to_itself(rules, seccomp)
    return rules


def _keep_to_itself(rules: Any, seccomp: Any) -> None:
    """For a submission that shares the grader's processes, and perhaps the grader's user.

    No signals, not even by way of a file's owner. Landlock watches over what files contain
    (truncating them by name only since version 3), but not over modes, owners and times: changing
    those seems to succeed, because copying a file does it, and does nothing.
    """
    refuse, argument = seccomp.ERRNO(errno.EPERM), seccomp.Arg
    for name in f"{_OTHER_PROCESSES} {_SENDING_DESCRIPTORS} {_WATCHING_FILES}".split():
        _add(rules, refuse, name)
    for name in _ATTRIBUTES.split():
        _add(rules, seccomp.ERRNO(0), name)
    for name, commands in (("fcntl", _FILE_COMMANDS), ("ioctl", _DEVICE_COMMANDS)):
        for command in commands:
            _add(rules, seccomp.ALLOW, name, argument(1, seccomp.EQ, command))


# Known calls that a submission gets a plain "not permitted" for.
_REFUSED = """
    acct add_key bpf chroot clock_adjtime clock_settime delete_module fanotify_init finit_module
    fsconfig fsmount fsopen fspick init_module io_uring_enter io_uring_register io_uring_setup
    ioperm iopl kcmp kexec_file_load kexec_load keyctl lookup_dcookie memfd_create memfd_secret
    mknod mknodat modify_ldt mount mount_setattr move_mount move_pages migrate_pages msgget msgctl
    msgrcv msgsnd name_to_handle_at open_by_handle_at open_tree perf_event_open personality
    pidfd_getfd pivot_root process_madvise process_vm_readv process_vm_writev ptrace quotactl
    reboot request_key seccomp semctl semget semop semtimedop setdomainname setfsgid setfsuid
    setgid setgroups sethostname setns setregid setresgid setresuid setreuid setrlimit
    settimeofday setuid shmat shmctl shmdt shmget swapoff swapon syslog umount umount2 unshare
    setpriority userfaultfd vhangup
"""


def _add(rules: Any, action: Any, name: str, *conditions: Any) -> None:
    """Add a rule; a call that this machine or this libseccomp does not have needs none."""
    import pyseccomp as seccomp

    try:
        number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)
    except ValueError:
        return
    if number >= 0:
        rules.add_rule(action, name, *conditions)


def _allow_some(rules: Any, seccomp: Any, other_processes: bool) -> None:
    """Calls that are allowed with harmless arguments only."""
    allow, refuse = seccomp.ALLOW, seccomp.ERRNO(errno.EPERM)
    argument, equal, masked = seccomp.Arg, seccomp.EQ, seccomp.MASKED_EQ
    _allow_sockets(rules, seccomp, other_processes)
    # Shared memory without a file, and stacks, count against no limit on a process's memory.
    shared, stack = _MAP_SHARED_AND_ANONYMOUS, _MAP_GROWSDOWN
    for value in (0, 0x01, 0x20):
        _add(rules, allow, "mmap", argument(3, masked, shared | stack, value))
    _add(rules, refuse, "mmap", argument(3, masked, shared, shared))
    _add(rules, refuse, "mmap", argument(3, masked, stack, stack))
    # Threads, and processes where allowed, but no new namespaces. The flags of clone3 lie in
    # memory, where a filter cannot look: without it the C library uses clone.
    if other_processes:
        _add(rules, allow, "clone", argument(0, masked, _NEW_NAMESPACES, 0))
    else:
        _add(rules, allow, "clone", argument(0, masked, _CLONE_THREAD, _CLONE_THREAD))
    for operation in (_PR_SET_NAME, _PR_GET_NAME, _PR_GET_DUMPABLE, _PR_SET_VMA):
        _add(rules, allow, "prctl", argument(0, equal, operation))
    _add(rules, allow, "prlimit64", argument(2, equal, 0))  # to read a limit, not to set one
    _add(rules, refuse, "prlimit64", argument(2, seccomp.NE, 0))


def _allow_sockets(rules: Any, seccomp: Any, other_processes: bool) -> None:
    """Between a submission's own processes; none to any network.

    What waits in a socket is the kernel's memory, which no limit counts: there is the usual room
    for it and no more (asking for more seems to succeed), and for as many senders as a socket has
    connections, which goes for all kinds but datagrams to a name.
    """
    allow, refuse = seccomp.ALLOW, seccomp.ERRNO(errno.EPERM)
    argument, equal, masked = seccomp.Arg, seccomp.EQ, seccomp.MASKED_EQ
    _add(rules, allow, "socketpair", argument(0, equal, _AF_UNIX))
    _add(rules, refuse, "socketpair", argument(0, seccomp.NE, _AF_UNIX))
    if other_processes:
        for kind in (_SOCK_STREAM, _SOCK_SEQPACKET):
            local = argument(0, equal, _AF_UNIX)
            _add(rules, allow, "socket", local, argument(1, masked, _SOCK_KINDS, kind))
        for kind in set(range(_SOCK_KINDS + 1)) - {_SOCK_STREAM, _SOCK_SEQPACKET}:
            _add(rules, refuse, "socket", argument(1, masked, _SOCK_KINDS, kind))
        _add(rules, refuse, "socket", argument(0, seccomp.NE, _AF_UNIX))
    else:
        _add(rules, refuse, "socket")
    of_socket = argument(1, equal, _SOL_SOCKET)
    _add(rules, allow, "setsockopt", argument(1, seccomp.NE, _SOL_SOCKET))
    _add(rules, allow, "setsockopt", of_socket, argument(2, seccomp.LT, _SIZES_OF_BUFFERS[0]))
    _add(rules, allow, "setsockopt", of_socket, argument(2, seccomp.GT, _SIZES_OF_BUFFERS[-1]))
    for option in range(_SIZES_OF_BUFFERS[0], _SIZES_OF_BUFFERS[-1] + 1):
        action = seccomp.ERRNO(0) if option in _SIZES_OF_BUFFERS else allow
        _add(rules, action, "setsockopt", of_socket, argument(2, equal, option))
