{{/* The container's arguments. An empty value is left out: the operator then uses its own default. */}}
{{- define "clinic-operator.arguments" -}}
- run
- --ngrok-api-key-file=/etc/clinic-operator/ngrok/{{ .Values.apiKey.key }}
{{- $options := list
  (list "instance" .Values.instance)
  (list "namespaces" (join "," .Values.watchNamespaces))
  (list "ngrok-api-url" .Values.ngrokApiUrl)
  (list "service-users-path" .Values.serviceUsersPath)
  (list "requests-per-minute" .Values.requestsPerMinute)
  (list "undo-window" .Values.undoWindow)
  (list "drift-interval" .Values.driftInterval)
  (list "agent-interval" .Values.agentInterval)
  (list "wave-threshold" .Values.waveThreshold)
  (list "wave-portion" .Values.wavePortion)
  (list "session-retention" .Values.sessionRetention)
  (list "lease-duration" .Values.leaseDuration)
  (list "log-level" .Values.logLevel)
  (list "http-port" (ternary "" .Values.httpPort (eq (int .Values.httpPort) 8080))) }}
{{- range $options }}
{{- $value := last . }}
{{- if not (or (kindIs "invalid" $value) (eq (toString $value) "")) }}
- {{ printf "--%s=%v" (first .) $value | quote }}
{{- end }}
{{- end }}
{{- if .Values.removeOrphans }}
- --remove-orphans
{{- end }}
{{- if .Values.objectMetrics }}
- --object-metrics
{{- end }}
{{- if .Values.dnsEndpoints.enabled }}
- --dns-endpoints
{{- end }}
{{- if .Values.fleetPage.enabled }}
- --fleet-page-port={{ .Values.fleetPage.port }}
- --fleet-page-access={{ .Values.fleetPage.access }}
- --runbook-url={{ trimSuffix "/" .Values.metrics.prometheusRule.runbookURL }}
{{- end }}
{{- if include "clinic-operator.fleetPageProxy" . }}
- --fleet-page-proxy-secret-file=/etc/clinic-operator/fleet-page/{{ .Values.fleetPage.proxySecret.key }}
{{- end }}
{{- if not .Values.grants.enabled }}
- --no-grants
{{- end }}
{{- if not .Values.leaderElection.enabled }}
- --no-leader-election
{{- end }}
{{- with .Values.extraArgs }}
{{ toYaml . }}
{{- end }}
{{- end }}
