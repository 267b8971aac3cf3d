{{/* Generated from deploy/base/clusterrole.yaml and role.yaml: change those, and run ChartFilesTest. */}}

{{- define "clinic-operator.rules" -}}
# patch sets our finalizer. get reads the object again if somebody else has changed another finalizer.
- apiGroups: [clinicnet.dev]
  resources: [clinics, clinicservices, clinicsessions]
  verbs: [get, list, watch, patch]
- apiGroups: [clinicnet.dev]
  resources: [clinics/status, clinicservices/status, clinicsessions/status]
  verbs: [patch]
- apiGroups: [clinicnet.dev]
  resources: [clinicsessions]
  verbs: [delete]
# The operator writes site kits, and reads Secrets that manifests name. RBAC does not know labels, so this covers
# every Secret in reach. If that is too much, watch fewer namespaces.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch, create, update]
# CA bundles that manifests name.
- apiGroups: [""]
  resources: [configmaps]
  verbs: [list, watch]
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- if .Values.dnsEndpoints.enabled }}
- apiGroups: [externaldns.k8s.io]
  resources: [dnsendpoints]
  verbs: [list, watch, create, patch, delete]
{{- end }}
{{- if .Values.fleetPage.enabled }}
- apiGroups: [""]
  resources: [events]
  verbs: [list]
{{- end }}
{{- end }}

{{- define "clinic-operator.clusterRules" -}}
# Shows whether the API server itself records who creates a session: see deploy/admission.
- apiGroups: [admissionregistration.k8s.io]
  resources: [validatingadmissionpolicybindings]
  resourceNames: [clinic-operator-sessions]
  verbs: [get]
# Its uid distinguishes this installation from another one on the same ngrok account.
- apiGroups: [""]
  resources: [namespaces]
  resourceNames: [kube-system]
  verbs: [get]
{{- end }}

{{- define "clinic-operator.grantRules" -}}
# What an administrator grants to namespaces, by their names or labels.
- apiGroups: [clinicnet.dev]
  resources: [ngrokaccounts]
  verbs: [list, watch]
- apiGroups: [clinicnet.dev]
  resources: [ngrokaccounts/status]
  verbs: [patch]
- apiGroups: [""]
  resources: [namespaces]
  verbs: [list, watch]
{{- end }}

{{- define "clinic-operator.sessionPolicyRule" -}}
# Shows whether the API server itself records who creates a session: see deploy/admission.
- apiGroups: [admissionregistration.k8s.io]
  resources: [validatingadmissionpolicybindings]
  resourceNames: [clinic-operator-sessions]
  verbs: [get]
{{- end }}

{{- define "clinic-operator.leaseRules" -}}
# RBAC cannot narrow a creation by name.
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [create]
# patch renews it, update releases it.
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  resourceNames: [clinic-operator]
  verbs: [get, patch, update]
{{- end }}
