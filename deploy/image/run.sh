#!/bin/sh
# Runs a program in the file system of an image, as a container engine would: its root can only be read, a folder is its home, /tmp is empty
# and goes with it, it has no privileges and sees no process but its own. It shares this machine's network. Needs root and util-linux.
#   run.sh ROOT HOME USER:GROUP COMMAND…    the environment is what the program gets
set -eu
if [ "${SEGUE_INSIDE:-}" = "" ]; then
  SEGUE_INSIDE=1 exec unshare --mount --pid --ipc --uts --fork --kill-child=SIGKILL -- "$0" "$@"
fi
unset SEGUE_INSIDE
root=$1 home=$2 user=$3
shift 3
mount --make-rprivate /
mount --bind "$root" "$root"
mount --bind "$home" "$root/var/lib/segue"
mount -t tmpfs -o mode=1777,nosuid,nodev,size=64m tmpfs "$root/tmp"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -t tmpfs -o mode=755,nosuid,size=64k tmpfs "$root/dev"
for device in null zero random urandom; do
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -o remount,bind,ro "$root/dev"
mount -o remount,bind,ro "$root"
exec setpriv --no-new-privs --bounding-set=-all,+setuid,+setgid,+sys_chroot chroot --userspec="$user" --groups= "$root" "$@"
