{{/* Generated from deploy/base/clusterrole.yaml and role.yaml: change those, and run ChartFilesTest. */}}

{{- define "clinic-operator.rules" -}}
# patch: our finalizer; get: again, when somebody else has changed another one.
- apiGroups: [clinicnet.dev]
  resources: [clinics, clinicservices, clinicsessions]
  verbs: [get, list, watch, patch]
- apiGroups: [clinicnet.dev]
  resources: [clinics/status, clinicservices/status, clinicsessions/status]
  verbs: [patch]
- apiGroups: [clinicnet.dev]
  resources: [clinicsessions]
  verbs: [delete]
# Site kits are written, and Secrets that manifests name are read. RBAC knows no labels, so this covers every
# Secret in reach; where that is too much, watch fewer namespaces.
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
{{- end }}

{{- define "clinic-operator.clusterRules" -}}
# Whether the API server itself says who creates a session: see deploy/admission.
- apiGroups: [admissionregistration.k8s.io]
  resources: [validatingadmissionpolicybindings]
  resourceNames: [clinic-operator-sessions]
  verbs: [get]
# Its uid tells this installation from another one on the same ngrok account.
- apiGroups: [""]
  resources: [namespaces]
  resourceNames: [kube-system]
  verbs: [get]
{{- end }}

{{- define "clinic-operator.sessionPolicyRule" -}}
# Whether the API server itself says who creates a session: see deploy/admission.
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
