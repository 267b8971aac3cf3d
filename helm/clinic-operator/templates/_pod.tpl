{{/* A probe, made from a path and its values. */}}
{{- define "clinic-operator.probe" -}}
{{- mergeOverwrite (deepCopy (last .)) (dict "httpGet" (dict "path" (first .) "port" "http")) | toYaml -}}
{{- end }}

{{/* OpenShift chooses the users itself, and refuses others. */}}
{{- define "clinic-operator.onOpenShift" -}}
{{- if .Capabilities.APIVersions.Has "security.openshift.io/v1" -}}true{{- end -}}
{{- end }}

{{- define "clinic-operator.podSecurityContext" -}}
{{- $context := .Values.podSecurityContext | default dict -}}
{{- if include "clinic-operator.onOpenShift" . -}}
{{- range list "runAsUser" "runAsGroup" -}}
{{- if eq (get $context . | toString) "65532" -}}
{{- $context = omit $context . -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml $context -}}
{{- end }}
