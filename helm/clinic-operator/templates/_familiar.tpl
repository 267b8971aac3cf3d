{{/* The names that other charts use for our values. The schema accepts these names, so that the error can have the right name. */}}
{{- define "clinic-operator.familiarNames" -}}
replicaCount: replicas
imagePullSecrets: image.pullSecrets
imagePullPolicy: image.pullPolicy
deploymentStrategy: strategy
updateStrategy: strategy
annotations: deploymentAnnotations
labels: commonLabels
podExtraLabels: podLabels
podDnsPolicy: dnsPolicy
podDnsConfig: dnsConfig
containerSecurityContext: securityContext
env: extraEnv
extraEnvVars: extraEnv
extraEnvFrom: envFrom
args: extraArgs
volumes: extraVolumes
volumeMounts: extraVolumeMounts
extraInitContainers: initContainers
sidecars: extraContainers
extraDeploy: extraObjects
extraManifests: extraObjects
installCRDs: crds.install
leaderElect: leaderElection.enabled
logging: logLevel
scopedNamespace: watchNamespaces
watchNamespace: watchNamespaces
apiURL: ngrokApiUrl
credentials: apiKey
automountServiceAccountToken: serviceAccount.automount
namespaced: watchNamespaces
namespaces: watchNamespaces
serviceMonitor: metrics.serviceMonitor
podMonitor: metrics.podMonitor
prometheusRule: metrics.prometheusRule
prometheus: metrics.serviceMonitor or metrics.podMonitor
service: metrics.service
pdb: podDisruptionBudget
port: httpPort
log: logLevel or logFormat
namespace: namespaceOverride
extraLabels: commonLabels
networkPolicies: networkPolicy
image.name: image.repository
image.imagePullSecrets: image.pullSecrets
image.imagePullPolicy: image.pullPolicy
crds.enabled: crds.install
crds.create: crds.install
crds.createCRDs: crds.install
metrics.enabled: metrics.service.enabled
metrics.interval: metrics.serviceMonitor.interval
metrics.serviceMonitor.additionalLabels: metrics.serviceMonitor.labels
metrics.serviceMonitor.metricRelabelConfigs: metrics.serviceMonitor.metricRelabelings
metrics.podMonitor.additionalLabels: metrics.podMonitor.labels
metrics.podMonitor.metricRelabelConfigs: metrics.podMonitor.metricRelabelings
metrics.prometheusRule.additionalLabels: metrics.prometheusRule.labels
metrics.service.servicePort: metrics.service.port
serviceAccount.enabled: serviceAccount.create
serviceAccount.extraLabels: serviceAccount.labels
serviceAccount.automountServiceAccountToken: serviceAccount.automount
rbac.enabled: rbac.create
networkPolicy.create: networkPolicy.enabled
podDisruptionBudget.create: podDisruptionBudget.enabled
leaderElection.leaseDuration: leaseDuration
apiKey.existingSecret: apiKey.secretName
apiKey.name: apiKey.secretName
apiKey.existingSecretKey: apiKey.key
apiKey.value: apiKey.secretName
{{- end }}

{{/* What users of cert-manager and others write in global for one chart alone. A parent chart may hold it for its other charts. */}}
{{- define "clinic-operator.familiarGlobals" -}}
commonLabels: commonLabels
imageRegistry: image.registry
priorityClassName: priorityClassName
revisionHistoryLimit: revisionHistoryLimit
logLevel: logLevel
leaderElection: leaderElection
rbac: rbac
nodeSelector: nodeSelector
tolerations: tolerations
affinity: affinity
topologySpreadConstraints: topologySpreadConstraints
hostAliases: hostAliases
{{- end }}

{{/* What other charts let one set, and this one does not. */}}
{{- define "clinic-operator.refusedNames" -}}
{{- range $probe := list "startupProbe" "livenessProbe" "readinessProbe" }}
{{ $probe }}.enabled: "leave it out; {{ $probe }}: null means no such probe"
{{- range $how := list "httpGet" "exec" "tcpSocket" "grpc" "path" "port" "scheme" }}
{{ $probe }}.{{ $how }}: "leave it out: the operator sets paths and ports itself; the port is httpPort"
{{- end }}
{{- end }}
{{- range list "securityContext" "podSecurityContext" }}
{{ . }}.enabled: "leave it out; {{ . }}: null means no such context"
{{- end }}
{{- range list "metrics.serviceMonitor" "metrics.podMonitor" }}
{{ . }}.path: "leave it out: the metrics are always at /metrics"
{{ . }}.scheme: "leave it out: the metrics are always served over http"
{{- end }}
leaderElection.namespace: "leave it out: the lease is in the operator's namespace, which namespaceOverride can change"
{{- end }}

{{- define "clinic-operator.refuseFamiliarNames" -}}
{{- $refused := include "clinic-operator.refusedNames" . | fromYaml -}}
{{- range $familiar, $ours := include "clinic-operator.familiarNames" . | fromYaml -}}
{{- $_ := set $refused $familiar (printf "this chart calls it %s" $ours) -}}
{{- end -}}
{{- if .Chart.IsRoot -}}
{{- range $familiar, $ours := include "clinic-operator.familiarGlobals" . | fromYaml -}}
{{- $_ := set $refused (printf "global.%s" $familiar) (printf "this chart calls it %s" $ours) -}}
{{- end -}}
{{- end -}}
{{- range $familiar, $why := $refused -}}
{{- $path := splitList "." $familiar -}}
{{- $group := $.Values -}}
{{- range initial $path -}}
{{- $group = get $group . | default dict -}}
{{- end -}}
{{- if hasKey $group (last $path) -}}
{{- fail (printf "%s: %s" $familiar $why) -}}
{{- end -}}
{{- end -}}
{{- end }}
