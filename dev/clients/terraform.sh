#!/usr/bin/env bash
# Runs Terraform or OpenTofu with ngrok's provider, unchanged, against the simulator at NGROK_API_URL: apply, plan, change,
# plan, destroy. A plan after an apply must find nothing to do. `init` downloads the provider from the registry of the
# program, unless NGROK_PROVIDER names a directory that holds terraform-provider-ngrok. dev/clients/check --terraform
# calls this script. Continuous integration does not, because the provider is no Go module of a public proxy.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"
program=$(command -v tofu || command -v terraform) || {
  printf 'neither tofu nor terraform is installed\n' >&2
  exit 1
}

export NGROK_API_BASE_URL=$NGROK_API_URL NGROK_API_KEY=2fakefakefakefakefakefakefa_FAKEfakeFAKEfakeFAKE1
export TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TF_VAR_certificates=$PWD/../../src/test/resources/certificate
cp terraform/main.tf "$work"
run() { "$program" -chdir="$work" "$@" -input=false -no-color; }

if [[ -n ${NGROK_PROVIDER:-} ]]; then
  cat >"$work/rc" <<RC
provider_installation {
  dev_overrides { "ngrok/ngrok" = "$NGROK_PROVIDER" }
  direct {}
}
RC
  export TF_CLI_CONFIG_FILE=$work/rc
else
  run init
fi

# planned EXPECTED ARGUMENT...: 0 if nothing must change, and 2 if something must.
planned() {
  local expected=$1 code=0
  shift
  run plan -detailed-exitcode "$@" >"$work/plan" || code=$?
  [[ $code == "$expected" ]] || {
    cat "$work/plan"
    printf 'the plan ends with %d, not %d\n' "$code" "$expected" >&2
    exit 1
  }
}

run apply -auto-approve | tail -3
planned 0
planned 2 -var note=after
run apply -auto-approve -var note=after | tail -3
planned 0 -var note=after
run destroy -auto-approve -var note=after | tail -3

left=$(curl -sS "$NGROK_API_URL/_simulator/state" |
  jq -r 'del(.api_keys, .bot_users) | to_entries[] | select(.value | length > 0) | .key')
[[ -z $left ]] || {
  printf 'left behind: %s\n' "$left" >&2
  exit 1
}
printf 'Terraform: applied, changed and destroyed; no plan after an apply found anything to do\n'
