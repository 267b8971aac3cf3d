package argocd

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/argoproj/argo-cd/v3/common"
	appv1 "github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/lua"
	argosettings "github.com/argoproj/argo-cd/v3/util/settings"
	"github.com/argoproj/gitops-engine/pkg/health"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/kubernetes/fake"
	"sigs.k8s.io/yaml"
)

type judge func(*testing.T, *unstructured.Unstructured) *health.HealthStatus

// settings are what Argo CD reads from its ConfigMap once deploy/argocd/argocd-cm.yaml is in it.
func settings(t *testing.T) map[string]appv1.ResourceOverride {
	t.Helper()
	configMap := &corev1.ConfigMap{}
	if err := yaml.UnmarshalStrict(read(t, filepath.Join(root, "deploy/argocd/argocd-cm.yaml")), configMap); err != nil {
		t.Fatal(err)
	}
	configMap.Namespace = "argocd"
	secret := &corev1.Secret{ObjectMeta: metav1.ObjectMeta{
		Name:      common.ArgoCDSecretName,
		Namespace: "argocd",
		Labels:    map[string]string{"app.kubernetes.io/part-of": "argocd"},
	}}
	manager := argosettings.NewSettingsManager(t.Context(), fake.NewClientset(configMap, secret), "argocd")
	overrides, err := manager.GetResourceOverrides()
	if err != nil {
		t.Fatal(err)
	}
	return overrides
}

// argoCD judges as Argo CD's controller does.
func argoCD(t *testing.T, overrides map[string]appv1.ResourceOverride) judge {
	t.Helper()
	rules := lua.ResourceHealthOverrides(overrides)
	return func(t *testing.T, object *unstructured.Unstructured) *health.HealthStatus {
		t.Helper()
		verdict, err := health.GetResourceHealth(object, rules)
		if err != nil {
			t.Fatal(err)
		}
		if verdict == nil {
			t.Fatalf("Argo CD has no rule for %s", object.GroupVersionKind())
		}
		return verdict
	}
}

// byRule judges by a rule alone.
func byRule(t *testing.T, rule string, object *unstructured.Unstructured) *health.HealthStatus {
	t.Helper()
	verdict, err := lua.VM{}.ExecuteHealthLua(object, rule)
	if err != nil {
		t.Fatal(err)
	}
	return verdict
}

func rule(t *testing.T) string {
	t.Helper()
	return string(read(t, filepath.Join(root, "deploy/argocd/health.lua")))
}

func TestTheRuleAloneSaysTheSame(t *testing.T) {
	for _, s := range corpus(t) {
		if verdict := byRule(t, rule(t), s.object); verdict.Status != s.verdict {
			t.Errorf("%s: the rule says %s, not %s", s.name, verdict.Status, s.verdict)
		}
	}
}

// Without its rules, Argo CD takes everything for healthy that it can apply: no verdict at all.
func TestWithoutTheRuleArgoCDHasNoVerdict(t *testing.T) {
	verdict, err := health.GetResourceHealth(corpus(t)[0].object, lua.ResourceHealthOverrides(nil))
	if verdict != nil || err != nil {
		t.Errorf("got %v, %v", verdict, err)
	}
}

// Every clause is needed: without it, the verdict on some state is another.
func TestTheCorpusFindsAFaultInTheRule(t *testing.T) {
	faults := map[string][2]string{
		"a stale status is believed":       {"if not observed then", "if false then"},
		"a deletion is not seen":           {"if metadata.deletionTimestamp ~= nil then", "if false then"},
		"any status counts as observed":    {"status.observedGeneration == metadata.generation", "status.observedGeneration ~= nil"},
		"Stalled is not looked at":         {`if holds("Stalled") then`, "if false then"},
		"what is Stalled is in progress":   {`status = "Degraded"`, `status = "Progressing"`},
		"Reconciling is taken for Stalled": {`if holds("Stalled") then`, "if true then"},
		"nothing is ever Healthy":          {`if holds("Ready") then`, "if false then"},
	}
	states := corpus(t)
	for fault, change := range faults {
		if !strings.Contains(rule(t), change[0]) {
			t.Fatalf("%s: the rule has no %s", fault, change[0])
		}
		faulty := strings.ReplaceAll(rule(t), change[0], change[1])
		found := 0
		for _, s := range states {
			if byRule(t, faulty, s.object).Status != s.verdict {
				found++
			}
		}
		if found == 0 {
			t.Errorf("%s, and no state of the corpus shows it", fault)
		}
	}
}

// A folder such as Argo CD's own repository has for the kinds of others, with the tests it runs there.
func TestTheRuleIsReadyForArgoCDsRepository(t *testing.T) {
	folders, err := filepath.Glob(filepath.Join(root, "deploy/argocd/resource_customizations/clinicnet.dev/*"))
	if err != nil || len(folders) != 3 {
		t.Fatal(folders, err)
	}
	for _, folder := range folders {
		var tests struct {
			Tests []struct {
				InputPath    string
				HealthStatus health.HealthStatus
			}
		}
		if err := yaml.UnmarshalStrict(read(t, filepath.Join(folder, "health_test.yaml")), &tests); err != nil {
			t.Fatal(folder, err)
		}
		if len(tests.Tests) < 4 {
			t.Errorf("%s has only %d tests", folder, len(tests.Tests))
		}
		script := string(read(t, filepath.Join(folder, "health.lua")))
		for _, test := range tests.Tests {
			verdict := byRule(t, script, readObject(t, filepath.Join(folder, test.InputPath)))
			if verdict.Status != test.HealthStatus.Status || verdict.Message != test.HealthStatus.Message {
				t.Errorf("%s/%s: %v, not %v", folder, test.InputPath, *verdict, test.HealthStatus)
			}
		}
	}
}
