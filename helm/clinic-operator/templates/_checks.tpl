{{/* What the schema cannot see: values that do not go together. */}}
{{- define "clinic-operator.checks" -}}
{{- if and .Values.watchNamespaces (not .Values.instance) -}}
{{- fail "instance: choose a name, and never change it: with watchNamespaces the operator may not read the uid of kube-system, which would name this installation" -}}
{{- end -}}
{{- if and (not .Values.leaderElection.enabled) (gt (int .Values.replicas) 1) -}}
{{- fail "replicas: only one without leader election: set it to 1, or leaderElection.enabled to true" -}}
{{- end -}}
{{- if and .Values.metrics.serviceMonitor.enabled (not .Values.metrics.service.enabled) -}}
{{- fail "metrics.serviceMonitor.enabled: needs the Service: set metrics.service.enabled to true" -}}
{{- end -}}
{{- if and .Values.rbac.sessionPolicies (not .Values.watchNamespaces) -}}
{{- fail "rbac.sessionPolicies: only with watchNamespaces: the ClusterRole holds this right anyway" -}}
{{- end -}}
{{- end }}
