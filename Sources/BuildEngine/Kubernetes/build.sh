#!/bin/bash
# One stage of a build, in a container of its own: build.sh clone|images|build|push
#
# What is to be built lies in files beside this script; nothing of it is ever a word of this script. How a stage ended is
# written to the termination message: "ok" and facts, or a code and a sentence, a line each.
set -uo pipefail
umask 022

plan=${ACR_PLAN:-/acr} work=${ACR_WORK:-/work} pushed=${ACR_PUSH:-/push} stages=${ACR_STAGE:-/acr-stage}
token=${ACR_TOKEN:-/acr-token/token} login=${ACR_LOGIN:-/acr-login/auth.json} report=${ACR_REPORT:-/dev/termination-log}
stage=$1
# A container that is given the registry's password trusts no file that a line of the Dockerfile may have been near.
built=$work
[ "$stage" = push ] && work=$pushed

say() { printf '[acr-console] %s\n' "$*"; }
ok() { printf 'ok\n' >"$report"; printf '%s\n' "$@" >>"$report"; exit 0; }
fail() { printf '%s\n%s\n' "$1" "${*:2}" >"$report"; say "${*:2}"; exit 1; }
fact() { [ -f "$plan/$1" ] && cat "$plan/$1"; }
limited() { timeout -k 10 "$(fact stage-seconds)" "$@"; }

# Ends the stage where a command didn't end well: by its time limit, or by what the command said last.
must() {
  local code=$1 sentence=$2 status
  shift 2
  limited "$@" 2>&1 | tee "$work/said"
  status=${PIPESTATUS[0]}
  [ "$status" = 0 ] && return
  [ "$status" = 124 ] && fail BuildTimedOut "The stage took longer than $(fact stage-seconds) seconds."
  [ "$status" = 137 ] && fail OutOfMemory "$sentence: it was killed, most likely for lack of memory."
  fail "$code" "$sentence: $(grep -v '^[[:space:]]*$' "$work/said" | tail -n 1 | tr -d '\000-\010\013-\037\177' | cut -c 1-400)"
}

# Whether a TCP connection comes about within two seconds.
reaches() { timeout 2 bash -c 'exec 3<>"/dev/tcp/$1/$2"' - "$1" "$2" 2>/dev/null; }

# Waits until the network is the stage's own: until nothing answers that may not, and what is needed does.
await_network() {
  local waited=0 answers address port
  if [ -f "$plan/followed" ]; then
    until [ "$(cat "$stages/stage" 2>/dev/null)" = "$stage" ]; do
      [ $((waited += 1)) -gt 600 ] && fail NetworkNotClosed "Nobody switched the network to the stage $stage within two minutes."
      sleep 0.2
    done
  fi
  [ -f "$plan/refused-$stage" ] || return 0
  { fact "refused-$stage"; [ -n "${KUBERNETES_SERVICE_HOST:-}" ] && echo "$KUBERNETES_SERVICE_HOST ${KUBERNETES_SERVICE_PORT:-443}"; } >"$work/refused"
  for ((waited = 0; ; waited += 1)); do
    : >"$work/answers"
    while read -r address port; do
      { reaches "$address" "$port" && echo "$address:$port" >>"$work/answers"; } &
    done <"$work/refused"
    wait
    answers=$(sort "$work/answers" | paste -sd ' ')
    [ -z "$answers" ] && break
    [ "$waited" -ge "${ACR_PATIENCE:-30}" ] && fail NetworkNotClosed "The cluster doesn't keep the network policy: $answers answered, which it doesn't let through."
    sleep 1
  done
  say "The network is closed: $(wc -l <"$work/refused") addresses that the policy doesn't let through gave no answer."
  while read -r address port; do
    for ((waited = 0; waited < 15; waited += 1)); do reaches "$address" "$port" && break; sleep 1; done
  done < <(fact "awaited-$stage")
}

# buildah with nothing of the image's or the user's own configuration.
prepare_buildah() {
  command -v buildah >/dev/null || fail ClusterRefused "The image that the pod runs has no buildah."
  local root=$1
  mkdir -p "$root/conf" "$root/run" "$root/tmp" "$root/home" "$root/store" || fail OutOfDisk "The work folder can't be written."
  chmod 700 "$root/run"
  printf '[storage]\ndriver = "%s"\nrunroot = "%s"\ngraphroot = "%s"\n' "${2:-overlay}" "$root/run/store" "$root/store" >"$root/conf/storage.conf"
  printf '[containers]\nbase_hosts_file = "%s"\n' "$plan/hosts" >"$root/conf/containers.conf"
  printf 'unqualified-search-registries = ["docker.io"]\nshort-name-mode = "disabled"\n' >"$root/conf/registries.conf"
  printf '{"auths": {}}' >"$root/conf/none"
  printf '{"default": [{"type": "insecureAcceptAnything"}]}' >"$root/conf/policy.json"
  export HOME=$root/home XDG_RUNTIME_DIR=$root/run TMPDIR=$root/tmp BUILDAH_ISOLATION=chroot
  export CONTAINERS_STORAGE_CONF=$root/conf/storage.conf CONTAINERS_CONF=$root/conf/containers.conf
  export CONTAINERS_REGISTRIES_CONF=$root/conf/registries.conf REGISTRY_AUTH_FILE=$root/conf/none
  unset STORAGE_DRIVER STORAGE_OPTS
  policy=(--signature-policy "$root/conf/policy.json")
}

# Layers in place where the node lets a user mount them, else copied.
choose_driver() {
  local root=$1 driver
  if [ ! -f "$root/driver" ]; then
    driver=vfs
    prepare_buildah "$root/probe" overlay
    if limited buildah unshare sh -c 'c=$(buildah from scratch) && buildah mount "$c" && buildah rm "$c"' >/dev/null 2>&1; then driver=overlay; fi
    buildah unshare rm -rf "$root/probe" 2>/dev/null
    echo "$driver" >"$root/driver"
  fi
  prepare_buildah "$root" "$(cat "$root/driver")"
}

# A folder with the one certificate that a registry is to be known by, where one was given.
trust() {
  certificates=()
  [ "$1" = - ] || [ ! -f "$plan/$1" ] && return
  mkdir -p "$2" && cp "$plan/$1" "$2/ca.crt" && certificates=(--cert-dir "$2")
}

clone() {
  command -v git >/dev/null || fail ClusterRefused "The image that the pod runs has no git: upstream's has it since v1.41."
  local source=$work/source commit url
  commit=$(fact commit) url=$(fact clone-url)
  export HOME=$work GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_TERMINAL_PROMPT=0 LC_ALL=C
  local settings=(-c protocol.allow=never -c protocol.http.allow=always -c protocol.https.allow=always
    -c http.followRedirects=false -c core.hooksPath=/dev/null -c credential.helper= -c advice.detachedHead=false)
  if [ -f "$plan/gitlab-ca.pem" ]; then
    cat /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt "$plan/gitlab-ca.pem" >"$work/authorities.pem" 2>/dev/null
    settings+=(-c "http.sslCAInfo=$work/authorities.pem")
  fi
  # The token goes to GitLab's own origin alone, through the environment of git alone.
  authorized() (
    GIT_CONFIG_VALUE_0="Authorization: Basic $(printf 'oauth2:%s' "$(<"$token")" | base64 -w 0)"
    export GIT_CONFIG_VALUE_0 GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$(fact clone-origin).extraHeader"
    exec timeout -k 10 "$(fact stage-seconds)" git "${settings[@]}" "$@"
  )
  limited() { shift; authorized "$@"; }
  git init -q "$source" && cd "$source" || fail CloneFailed "The work folder can't be written."
  say "Fetching $commit of $url"
  if ! authorized fetch -q --depth 1 --no-tags "$url" "$commit" 2>"$work/first"; then
    # A server that gives out no commit by its id gives out the branch or tag, which must still be at it.
    if grep -qiE 'not our ref|unadvertised|not allow request|remote error' "$work/first"; then
      must CloneFailed "The source can't be fetched" git fetch -q --depth 1 --no-tags "$url" "$(fact ref)"
    else
      cat "$work/first"
      if grep -qE 'could not read Username|Authentication failed|error: 40[13]' "$work/first"; then
        fail CloneFailed "GitLab doesn't let this token read the project: $(grep -E '^fatal:' "$work/first" | head -n 1 | cut -c 1-400)"
      fi
      fail CloneFailed "The source can't be fetched: $(grep -E '^(fatal|error):' "$work/first" | head -n 1 | cut -c 1-400)"
    fi
  fi
  [ "$(git rev-parse 'FETCH_HEAD^{commit}')" = "$commit" ] || fail CloneFailed "$(fact ref) isn't at $commit any more."
  must CloneFailed "The source can't be checked out" git checkout -q --detach FETCH_HEAD
  if [ -f .gitmodules ]; then
    git remote add origin "$url"
    must CloneFailed "A submodule can't be fetched" git submodule update -q --init --recursive --depth 1
  fi
  if grep -qs 'filter=lfs' .gitattributes && ! command -v git-lfs >/dev/null; then
    say "This project keeps files in Git LFS, which the pod's image lacks: they stay pointers."
  fi
  find . -name .git -prune -exec rm -rf {} +
  ok "commit=$commit"
}

images() {
  choose_driver "$work"
  local name reference platform tls authorities id count=0
  while IFS=$'\t' read -r name reference platform tls authorities; do
    say "Pulling $name from $reference"
    trust "$authorities" "$work/certs/$((count += 1))"
    local options=(--quiet --policy always "--tls-verify=$tls" --platform "$platform" "${certificates[@]}" "${policy[@]}")
    [ -f "$login" ] && options+=(--authfile "$login")
    must BaseImageMissing "The base image $name can't be pulled" buildah pull "${options[@]}" "docker://$reference"
    id=$(grep -E '^[0-9a-f]{64}$' "$work/said" | tail -n 1)
    # Where the Dockerfile names a digest, the repository's name is what makes it known by it.
    must BaseImageMissing "The base image $name can't be named" buildah tag "$id" "${name/@*/:by-digest}"
  done <"$plan/base-images"
  ok
}

build() {
  choose_driver "$work"
  local context file line options
  context=$(realpath -e "$work/source/$(fact context)" 2>/dev/null) || fail DockerfileMissing "There is no folder $(fact context) in the project."
  file=$(realpath -e "$context/$(fact dockerfile)" 2>/dev/null) || fail DockerfileMissing "There is no $(fact dockerfile) in $(fact context)."
  case "$context/:$file" in
    "$work/source/"*:"$work/source/"*) ;;
    *) fail DockerfileMissing "The Dockerfile or its folder leads out of the project." ;;
  esac
  # In its OCI format buildah leaves SHELL out of account; what is written out in the end is OCI all the same.
  options=(--format docker --isolation chroot --pull=never --http-proxy=false --network host --platform "$(fact platform)" --file "$file" --tag acr-result "${policy[@]}")
  while IFS= read -r line; do [ -n "$line" ] && options+=(--build-arg "$line"); done <"$plan/build-args"
  while IFS= read -r line; do [ -n "$line" ] && options+=(--label "$line"); done <"$plan/labels"
  options+=(--label "org.opencontainers.image.created=$(date -u +%Y-%m-%dT%H:%M:%SZ)")
  ulimit -S -u "$(fact processes)" 2>/dev/null
  must BuildStepFailed "The build failed" buildah build "${options[@]}" "$context"
  rm -rf "$work/out"
  mkdir "$work/out"
  must BuildStepFailed "The image can't be written" buildah push --quiet "${policy[@]}" acr-result "oci-archive:$work/out/image.tar"
  ok
}

# Takes the image as an archive into a store where no line of the Dockerfile ever was, and pushes it from there.
push() {
  local archive=$built/out/image.tar manifest id options size
  [ -f "$archive" ] && [ ! -L "$archive" ] || fail PushFailed "The build left no image."
  choose_driver "$work"
  must PushFailed "The image can't be read" buildah pull --quiet "${policy[@]}" "oci-archive:$archive"
  id=$(grep -E '^[0-9a-f]{64}$' "$work/said" | tail -n 1)
  trust registry-ca.pem "$work/certs/registry"
  options=("--tls-verify=$(fact destination-tls)" --digestfile "$work/digest" "${certificates[@]}" "${policy[@]}")
  [ -f "$login" ] && options+=(--authfile "$login")
  must PushFailed "The image can't be pushed to $(fact destination)" buildah push "${options[@]}" "$id" "docker://$(fact destination)"
  manifest=$(tar -xOf "$archive" index.json | grep -oE 'sha256:[0-9a-f]{64}' | head -n 1)
  size=$(tar -xOf "$archive" "blobs/sha256/${manifest#sha256:}" | tr -d '[:space:]' | sed 's/.*"layers"://' |
    grep -oE '"size":[0-9]+' | cut -d : -f 2 | paste -sd + | sed 's/^$/0/')
  ok "digest=$(cat "$work/digest")" "size=$((size))"
}

case $stage in
  clone | images | build | push)
    await_network
    "$stage"
    ;;
  *) fail Fault "There is no stage $stage." ;;
esac
