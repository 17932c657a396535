#!/usr/bin/env bash
# Runs a command in a fresh clone of HEAD on a bare Debian, to see what a new user sees. Needs root and debootstrap:
#     scripts/try-on-debian.sh trixie make test
#     scripts/try-on-debian.sh bookworm make demo     (ends when the page and the API answer)
# The system is debootstrap's smallest, and make. Packages come from the mirror that this machine's apt uses. It is kept
# in TRY_DIR as SUITE-base, for the next try; SUITE-try is what the command left.
set -euo pipefail

fail() {
    echo "try-on-debian.sh: $1" >&2
    exit 2
}

# Where this machine's apt has packages of Debian (or Debian-Security) from.
mirror_of() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Label: $1" | sed -n 1p; }

make_base() {
    echo "== debootstrap $suite"
    eval "$(apt-config shell http_proxy Acquire::http::Proxy https_proxy Acquire::https::Proxy)"
    export http_proxy="${http_proxy-}" https_proxy="${https_proxy-}"
    rm -rf --one-file-system "$base.new"
    debootstrap --variant=minbase "$suite" "$base.new" "$mirror" >"$base.log" 2>&1 ||
        { tail "$base.log" >&2; fail "debootstrap failed: see $base.log"; }
    mv "$base.new" "$base"
}

# What the network of this machine asks for: names, certificates, proxies. No password or token is taken over.
copy_network() {
    local key value
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
    mkdir -p "$root/etc/ssl/certs" "$root/usr/local/share"
    if [ -e /etc/ssl/certs/ca-certificates.crt ]; then cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"; fi
    if [ -d /usr/local/share/ca-certificates ]; then cp -rL /usr/local/share/ca-certificates "$root/usr/local/share/"; fi
    apt-config dump Acquire >"$root/etc/apt/apt.conf.d/90-as-outside"
    {
        echo "deb $mirror $suite main"
        echo "deb $mirror $suite-updates main"
        if [ -n "$security" ]; then echo "deb $security $suite-security main"; fi
    } >"$root/etc/apt/sources.list"
    if ! command -v npm >/dev/null; then return; fi
    for key in registry cafile proxy https-proxy noproxy strict-ssl; do
        value=$(cd / && npm config get "$key")
        case $value in '' | null | undefined) ;; *) echo "$key=$value" ;; esac
    done >"$root/root/.npmrc"
}

answers() { # port path: whether a GET is answered with 200
    local status
    { exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET %s HTTP/1.0\r\n\r\n' "$2" >&3 && read -r status <&3; } 2>/dev/null || return
    exec 3>&-
    [[ $status == *' 200 '* ]]
}

# Runs `make demo` until the page and the API answer.
run_demo() {
    local word port=6789 demo
    for word in "$@"; do if [[ $word == PORT=* ]]; then port=${word#PORT=}; fi; done
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then fail "port $port is taken: add PORT=another"; fi
    "${bare[@]}" "$@" &
    demo=$!
    until answers "$port" / && answers "$port" /api/statuses; do
        kill -0 $demo 2>/dev/null || { wait $demo; return 1; }
        sleep 1
    done
    echo "== the page and the API answer on port $port"
}

# In namespaces of its own, which take the mounts and every process with them when this returns.
inside() {
    local status=0
    mount -t proc proc "$root/proc"
    mount -t sysfs sysfs "$root/sys"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm" # a container's may be too small for Chromium
    bare=(chroot "$root" env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
        sh -c 'cd /root/runsim && exec "$@"' sh)
    "${bare[@]}" sh -c 'apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends make' \
        >"$root/root/apt.log" 2>&1 || { tail "$root/root/apt.log" >&2; fail "apt-get failed: see $root/root/apt.log"; }
    echo "== $suite: $*"
    SECONDS=0
    if [[ "$1 ${2-}" == 'make demo' ]]; then run_demo "$@" || status=$?; else "${bare[@]}" "$@" || status=$?; fi
    echo "== $suite: $*: status $status after $SECONDS s"
    return $status
}

[ $# -ge 2 ] || fail 'SUITE COMMAND..., for example: trixie make test'
suite=$1
shift
folder=${TRY_DIR:-${TMPDIR:-/tmp}/runsim-on-debian}
base=$folder/$suite-base
root=$folder/$suite-try
if [ -n "${TRY_INSIDE-}" ]; then
    inside "$@"
    exit
fi

[ "$(id -u)" -eq 0 ] || fail 'needs root (debootstrap, chroot)'
command -v debootstrap >/dev/null || fail 'debootstrap is missing: apt-get install debootstrap'
[ -e "/usr/share/debootstrap/scripts/$suite" ] || fail "debootstrap knows no suite '$suite' (bookworm, trixie)"
mirror=$(mirror_of Debian)
security=$(mirror_of Debian-Security)
[ -n "$mirror" ] || fail "this machine's apt has no packages of Debian: apt-get update"

mkdir -p "$folder"
[ -e "$base" ] || make_base
rm -rf --one-file-system "$root"
cp -a --reflink=auto "$base" "$root"
copy_network
git clone --quiet "$(dirname "${BASH_SOURCE[0]}")/.." "$root/root/runsim"
echo "== $suite: a clone of $(git -C "$root/root/runsim" log -1 --format='%h (%s)') in $root/root/runsim"
TRY_INSIDE=yes exec unshare --mount --pid --fork --kill-child "${BASH_SOURCE[0]}" "$suite" "$@"
