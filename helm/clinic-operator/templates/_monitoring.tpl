{{/* The endpoint for metrics, made from the values of a ServiceMonitor or PodMonitor. */}}
{{- define "clinic-operator.endpoint" -}}
- port: http
  path: /metrics
  # True keeps the labels namespace and service of the metric itself, not those of the target.
  honorLabels: {{ .honorLabels }}
  interval: {{ .interval }}
  {{- with .scrapeTimeout }}
  scrapeTimeout: {{ . }}
  {{- end }}
  {{- with .relabelings }}
  relabelings: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .metricRelabelings }}
  metricRelabelings: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
