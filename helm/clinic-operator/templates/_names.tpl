{{/* The name of the chart in labels. */}}
{{- define "clinic-operator.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{/* The names of objects: the release, or the release and the chart. Suffixes need up to 10 of the 63 characters. */}}
{{- define "clinic-operator.fullname" -}}
{{- $name := include "clinic-operator.name" . -}}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- .Values.fullnameOverride | default $full | trunc 53 | trimSuffix "-" -}}
{{- end }}

{{/* The namespace of the operator. */}}
{{- define "clinic-operator.namespace" -}}
{{- .Values.namespaceOverride | default .Release.Namespace -}}
{{- end }}

{{- define "clinic-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "clinic-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* The labels of the pod of `helm test`. */}}
{{- define "clinic-operator.testLabels" -}}
app.kubernetes.io/name: {{ include "clinic-operator.name" . | trunc 58 }}-test
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "clinic-operator.labels" -}}
{{- $own := dict
  "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-")
  "app.kubernetes.io/name" (include "clinic-operator.name" .)
  "app.kubernetes.io/instance" .Release.Name
  "app.kubernetes.io/version" .Chart.AppVersion
  "app.kubernetes.io/managed-by" .Release.Service -}}
{{- toYaml (mergeOverwrite (deepCopy (.Values.commonLabels | default dict)) $own) -}}
{{- end }}

{{/* The annotations of an object: those of every object and its own. Nothing if there are none. */}}
{{- define "clinic-operator.annotations" -}}
{{- $annotations := mergeOverwrite (deepCopy ((first .).Values.commonAnnotations | default dict)) (last . | default dict) -}}
{{- if $annotations }}
  annotations: {{- toYaml $annotations | nindent 4 }}
{{- end }}
{{- end }}

{{- define "clinic-operator.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "clinic-operator.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end }}

{{- define "clinic-operator.image" -}}
{{- with .Values.image -}}
{{- $path := ternary .repository (printf "%s/%s" .registry .repository) (empty .registry) -}}
{{- if .digest -}}
{{- printf "%s@%s" $path .digest -}}
{{- else -}}
{{- printf "%s:%s" $path (.tag | default $.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The Secrets for the registry: this chart's and those of a parent chart, each an object or a name. */}}
{{- define "clinic-operator.pullSecrets" -}}
{{- $secrets := .Values.image.pullSecrets | default list -}}
{{- range (.Values.global | default dict).imagePullSecrets -}}
{{- $secrets = append $secrets (kindIs "string" . | ternary (dict "name" .) .) -}}
{{- end -}}
{{- toYaml (uniq $secrets) -}}
{{- end }}

{{/* Whether a proxy logs the viewers of the fleet page in. */}}
{{- define "clinic-operator.fleetPageProxy" -}}
{{- if and .Values.fleetPage.enabled (eq .Values.fleetPage.access "proxy") }}true{{ end -}}
{{- end }}

{{/* The subject of the RoleBindings. */}}
{{- define "clinic-operator.subjects" -}}
- kind: ServiceAccount
  name: {{ include "clinic-operator.serviceAccountName" . }}
  namespace: {{ include "clinic-operator.namespace" . }}
{{- end }}
