#!/usr/bin/env bash
# Tests who can reach a site's services, with your manifests, the operator, and a simulated ngrok, on one machine.
# Needs java, python3, curl, jq, and kubectl with a cluster (a new kind cluster is enough) that has the CRDs and the
# namespace. Copy it, and change the last part.
set -euo pipefail

jar=${JAR:-clinic-operator.jar}
manifests=${MANIFESTS:-examples/clinic1}
namespace=${NAMESPACE:-clinics}
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  cat "$work"/*.log >&2
  curl -s "$ngrok/_simulator/traffic" >&2 || true
  exit 1
}

# 1. The simulator: ngrok's API and edge, on free ports of 127.0.0.1.
java -jar "$jar" simulator --port 0 --domain-delay 0 --certificate-delay 0 >"$work/simulator.log" 2>&1 &
until ngrok=$(grep -o 'http://127[0-9.:]*' "$work/simulator.log"); do
  kill -0 $! || fail 'the simulator does not start'
  sleep 0.2
done

# 2. The operator, with the simulator as ngrok.
NGROK_API_KEY=fake_key NGROK_API_URL=$ngrok java -jar "$jar" run \
  --namespaces "$namespace" --http-port 0 --undo-window 0 --agent-interval 1s >"$work/operator.log" 2>&1 &

# 3. The manifests.
kubectl apply --server-side -n "$namespace" -f "$manifests"
kubectl wait -n "$namespace" --for=condition=Ready --timeout=60s clinics,clinicservices --all ||
  fail 'not everything is Ready'

# 4. A site: an agent with the site kit, and a server on loopback in place of the machines that its manifests name.
agent=$(kubectl get secret -n "$namespace" clinic1-site-kit -o json | jq -r '.data["ngrok.yml"] | @base64d' |
  curl -sf "$ngrok/_simulator/agents" --data-binary @- | jq -r .id)
mkdir "$work/api" && printf 'patients\n' >"$work/api/patients"
python3 -u -m http.server 0 --bind 127.0.0.1 --directory "$work" >"$work/upstream.log" 2>&1 &
until upstream=$(grep -o '127.0.0.1 port [0-9]*' "$work/upstream.log"); do
  kill -0 $! || fail 'the upstream does not start'
  sleep 0.2
done
curl -sf -X PUT "$ngrok/_simulator/agents/$agent/upstreams" \
  -d "{\"192.168.1.100:8080\": \"127.0.0.1:${upstream##* }\"}"

# status FROM URL [CURL-OPTION...]: prints the status that a client at an address gets; 000 if the connection is closed.
curl -s "$ngrok/_simulator/edge" | jq -r .certificate_authority >"$work/edge.pem"
status() {
  local from=$1 url=$2 base host port
  shift 2
  base=$(cut -d/ -f1-3 <<<"$url")
  host=${base#https://}
  port=$(curl -s "$ngrok/_simulator/edge?from=$from" |
    jq -r --arg url "$base" '.endpoints[] | select(.url == $url) | .address | split(":")[1]')
  curl -s -o /dev/null -w '%{http_code}' --cacert "$work/edge.pem" --resolve "$host:$port:127.0.0.1" "$@" \
    "https://$host:$port${url#"$base"}" || true
}

# expect WHAT FROM URL [CURL-OPTION...]
expect() {
  local got
  got=$(status "${@:2}")
  [[ $got == "$1" ]] || fail "$3 from $2: expected $1, got $got"
  printf 'ok: %s from %s gets %s\n' "$3" "$2" "$1"
}

# 5. The expectations.
expect 200 203.0.113.7 https://clinic1.api.clinicnet.com/api/patients
expect 403 203.0.113.7 https://clinic1.api.clinicnet.com/admin
expect 403 203.0.113.7 https://clinic1.api.clinicnet.com/api/../admin --path-as-is
