#!/usr/bin/env bash
# Installs what is missing to build SyncWatch, or prints exactly what to install. With `test` also what its tests need, with
# `displays` what `make bench-displays` needs, with `clamd` and `nginx` what `make test-clamd` and
# `make test-nginx` need.
set -euo pipefail

build=(build-essential pkg-config clang libclang-dev git ffmpeg
  libavcodec-dev libavformat-dev libavutil-dev libavfilter-dev libavdevice-dev libswscale-dev libswresample-dev)
tests=(chromium firefox-esr fonts-dejavu-core)
wanted=("${build[@]}")
case ${1:-run} in
  test) wanted+=("${tests[@]}") ;;
  displays) wanted+=("${tests[@]}" xvfb) ;;
  clamd) wanted+=(clamav-daemon) ;;
  nginx) wanted+=(nginx-light) ;;
esac

complain() { printf '%s\n' "$@" >&2; exit 1; }
# True when the first version is at least the second.
at_least() { [[ $(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1) == "$2" ]]; }
version_of() { "$1" --version 2>/dev/null | grep -Eo '[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n1 || true; }

install_packages() {
  if [[ $(id -u) == 0 ]]; then apt=(apt-get)
  elif sudo -n true 2>/dev/null; then apt=(sudo -n apt-get)
  else complain "These packages are missing. Install them, then try again:" "" "    sudo apt-get install $*" ""; fi
  echo "installing: $*"
  "${apt[@]}" update -qq
  DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y -qq --no-install-recommends "$@" >/dev/null
}

if command -v dpkg-query >/dev/null; then
  present=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' "${wanted[@]}" 2>/dev/null | sed -n 's/^ii *//p' || true)
  mapfile -t missing < <(printf '%s\n' "${wanted[@]}" | grep -Fxv -f <(printf '%s\n' "$present") || true)
  # Debian brings a Node.js that is new enough from 13 on.
  if ! at_least "$(version_of node)" 20.19 && at_least "$(apt-cache policy nodejs | sed -n 's/ *Candidate: //p')" 20.19; then
    missing+=(nodejs npm)
  fi
  (( ${#missing[@]} == 0 )) || install_packages "${missing[@]}"
else
  for program in cc pkg-config clang git ffmpeg; do
    command -v "$program" >/dev/null || complain "'$program' is missing. SyncWatch is built on Debian 12 with these packages:" \
      "" "    ${wanted[*]}" "" "Install what your system calls them, then try again."
  done
fi

at_least "$(version_of rustc)" 1.95 || complain "Rust 1.95 or newer is missing (found: $(version_of rustc)). Get it by rustup, then open a new shell:" \
  "" "    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y" ""
at_least "$(version_of node)" 20.19 || complain "Node.js 20.19 or newer is missing (found: $(version_of node)). Get it from https://nodejs.org, or on Debian:" \
  "" "    curl -fsSL https://deb.nodesource.com/setup_22.x | sudo bash - && sudo apt-get install -y nodejs" ""
