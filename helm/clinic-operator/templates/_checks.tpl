{{/* Checks that the schema cannot do. Every template begins with them, because Helm renders in no fixed order. */}}
{{- define "clinic-operator.checks" -}}
{{- include "clinic-operator.refuseNulls" . -}}
{{- include "clinic-operator.refuseFamiliarNames" . -}}
{{- if and .Values.watchNamespaces (not .Values.instance) -}}
{{- fail "instance: choose a name, and never change it: with watchNamespaces the operator may not read the uid of kube-system, which would name this installation" -}}
{{- end -}}
{{- range .Values.extraArgs -}}
{{- if regexMatch "^--(no-)?leader-election" . -}}
{{- fail (printf "extraArgs: %s: set leaderElection.enabled instead" .) -}}
{{- end -}}
{{- end -}}
{{- if not .Values.leaderElection.enabled -}}
{{- if gt (int .Values.replicas) 1 -}}
{{- fail "replicas: only one without leader election: set it to 1, or leaderElection.enabled to true" -}}
{{- end -}}
{{- if and .Values.strategy (ne (toString (dig "type" "" .Values.strategy)) "Recreate") -}}
{{- fail "strategy: without leader election an update must not run two operators at once: set strategy.type to Recreate, or leaderElection.enabled to true" -}}
{{- end -}}
{{- end -}}
{{- if and .Values.metrics.serviceMonitor.enabled (not .Values.metrics.service.enabled) -}}
{{- fail "metrics.serviceMonitor.enabled: needs the Service: set metrics.service.enabled to true" -}}
{{- end -}}
{{- if and .Values.metrics.serviceMonitor.enabled .Values.metrics.podMonitor.enabled -}}
{{- fail "metrics.podMonitor.enabled: with metrics.serviceMonitor.enabled every metric would be there twice: set one of them to false" -}}
{{- end -}}
{{- if and .Values.fleetPage.enabled (not .Values.fleetPage.access) -}}
{{- fail "fleetPage.access: choose token or proxy: the fleet page is never open to everybody" -}}
{{- end -}}
{{- if and (include "clinic-operator.fleetPageProxy" .) (not .Values.fleetPage.proxySecret.secretName) -}}
{{- fail "fleetPage.proxySecret.secretName: name the Secret with which the proxy shows itself" -}}
{{- end -}}
{{- if and .Values.fleetPage.enabled (eq (int .Values.fleetPage.port) (int .Values.httpPort)) -}}
{{- fail "fleetPage.port: httpPort is the same port: choose another one" -}}
{{- end -}}
{{- if and .Values.rbac.sessionPolicies (not .Values.watchNamespaces) -}}
{{- fail "rbac.sessionPolicies: only with watchNamespaces: the ClusterRole holds this right anyway" -}}
{{- end -}}
{{- end }}

{{/* Helm removes a value that is null, and with a group all its values. These are needed. */}}
{{- define "clinic-operator.neededValues" -}}
- image
- image.repository
- image.pullPolicy
- apiKey
- apiKey.secretName
- apiKey.key
- dnsEndpoints
- fleetPage
- fleetPage.port
- fleetPage.proxySecret
- fleetPage.proxySecret.key
- accounts
- grants
- grants.enabled
- leaderElection
- leaderElection.enabled
- httpPort
- replicas
- terminationGracePeriodSeconds
- podDisruptionBudget
- podDisruptionBudget.enabled
- podDisruptionBudget.maxUnavailable
- networkPolicy
- networkPolicy.enabled
- metrics
- metrics.service
- metrics.service.enabled
- metrics.service.port
- metrics.serviceMonitor
- metrics.serviceMonitor.interval
- metrics.serviceMonitor.honorLabels
- metrics.podMonitor
- metrics.podMonitor.interval
- metrics.podMonitor.honorLabels
- metrics.dashboards
- metrics.prometheusRule
- metrics.prometheusRule.inventoryAgeSeconds
- metrics.prometheusRule.certificateDays
- metrics.prometheusRule.runbookURL
- serviceAccount
- serviceAccount.create
- rbac
- rbac.create
- userRoles
- userRoles.create
- userRoles.aggregate
- admissionPolicies
- admissionPolicies.install
- crds
- crds.install
- crds.keep
{{- end }}

{{- define "clinic-operator.refuseNulls" -}}
{{- range $name := include "clinic-operator.neededValues" . | fromYamlArray -}}
{{- $value := $.Values -}}
{{- range splitList "." $name -}}
{{- $value = index $value . -}}
{{- if kindIs "invalid" $value -}}
{{- fail (printf "%s: null removes what the chart needs: leave it out, and the default counts" $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}
