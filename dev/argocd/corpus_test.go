// Package argocd holds the verdicts of GitOps tools against each other, with their own code: that
// of Argo CD, and kstatus, which Flux uses. That of kubectl is run by KubectlWaitIT.
package argocd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/argoproj/gitops-engine/pkg/health"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
	"sigs.k8s.io/yaml"
)

const root = "../.."

// What kstatus calls the verdicts of Argo CD.
var argoVerdicts = map[status.Status]health.HealthStatusCode{
	status.CurrentStatus:     health.HealthStatusHealthy,
	status.InProgressStatus:  health.HealthStatusProgressing,
	status.TerminatingStatus: health.HealthStatusProgressing,
	status.FailedStatus:      health.HealthStatusDegraded,
}

// state is an object of the corpus, with the verdict that is expected of everybody.
type state struct {
	name    string
	object  *unstructured.Unstructured
	verdict health.HealthStatusCode
}

func corpus(t *testing.T) []state {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "src/test/resources/statuses/*/*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var states []state
	for _, file := range files {
		for _, document := range strings.Split(string(read(t, file)), "\n---\n") {
			object := parseObject(t, file, []byte(document))
			verdict := health.HealthStatusCode(object.GetLabels()["verdict"])
			states = append(states, state{object.GetKind() + " " + object.GetName(), object, verdict})
		}
	}
	if len(states) < 100 {
		t.Fatalf("only %d states: where is the corpus?", len(states))
	}
	return states
}

func TestArgoCDAndKstatusAgreeOnEveryState(t *testing.T) {
	judge := argoCD(t, settings(t))
	for _, s := range corpus(t) {
		ofKstatus, err := status.Compute(s.object)
		if err != nil {
			t.Fatal(s.name, err)
		}
		if got := argoVerdicts[ofKstatus.Status]; got != s.verdict {
			t.Errorf("%s: kstatus says %s (%s), not %s", s.name, ofKstatus.Status, ofKstatus.Message, s.verdict)
		}
		ofArgo := judge(t, s.object)
		if ofArgo.Status != s.verdict {
			t.Errorf("%s: Argo CD says %s (%s), not %s", s.name, ofArgo.Status, ofArgo.Message, s.verdict)
		}
		if ofArgo.Status == health.HealthStatusDegraded && ofArgo.Message != condition(s.object, "Stalled") {
			t.Errorf("%s: the message is not the condition's: %q", s.name, ofArgo.Message)
		}
	}
}

// condition is the message of a condition; empty when it is not there.
func condition(object *unstructured.Unstructured, kind string) string {
	conditions, _, _ := unstructured.NestedSlice(object.Object, "status", "conditions")
	for _, one := range conditions {
		if c, ok := one.(map[string]any); ok && c["type"] == kind {
			return c["message"].(string)
		}
	}
	return ""
}

func readObject(t *testing.T, file string) *unstructured.Unstructured {
	t.Helper()
	return parseObject(t, file, read(t, file))
}

func parseObject(t *testing.T, file string, document []byte) *unstructured.Unstructured {
	t.Helper()
	object := &unstructured.Unstructured{}
	if err := yaml.Unmarshal(document, &object.Object); err != nil {
		t.Fatal(file, err)
	}
	// As it comes from an API server: with int64, and not float64.
	text, err := object.MarshalJSON()
	if err != nil {
		t.Fatal(file, err)
	}
	if err := object.UnmarshalJSON(text); err != nil {
		t.Fatal(file, err)
	}
	return object
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
