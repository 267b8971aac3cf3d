// Package kubestatemetrics tries the configuration for kube-state-metrics with the code of kube-state-metrics, pinned.
package kubestatemetrics

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/kube-state-metrics/v2/pkg/customresourcestate"
	"k8s.io/kube-state-metrics/v2/pkg/metric"
	generator "k8s.io/kube-state-metrics/v2/pkg/metric_generator"
	metricsstore "k8s.io/kube-state-metrics/v2/pkg/metrics_store"
	k8syaml "sigs.k8s.io/yaml"
)

const root = "../.."

const account = `
apiVersion: clinicnet.dev/v1alpha1
kind: NgrokAccount
metadata: {name: default}
status:
  conditions:
    - {type: Accepted, status: "False", lastTransitionTime: "2026-11-23T10:00:00Z", reason: Invalid, message: No.}
`

// What the head of the configuration promises, and the labels that kube-state-metrics adds.
var accountMetrics = []string{
	`kube_clinicnet_object_condition_transition_timestamp_seconds{condition="Accepted",` +
		`customresource_group="clinicnet.dev",customresource_kind="NgrokAccount",customresource_version="v1alpha1",` +
		`name="default",reason="Invalid",status="False"} 1.795428e+09`,
	`kube_clinicnet_object_condition{condition="Accepted",customresource_group="clinicnet.dev",` +
		`customresource_kind="NgrokAccount",customresource_version="v1alpha1",name="default",reason="Invalid",` +
		`status="False"} 1`,
}

func TestAnAccountHasTheMetricsThatAreWrittenDown(t *testing.T) {
	if got := metrics(t, configured(t)["NgrokAccount"], parse(t, account)); !slices.Equal(got, accountMetrics) {
		t.Errorf("got\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(accountMetrics, "\n"))
	}
}

func TestEveryConditionOfEveryStateHasItsMetrics(t *testing.T) {
	resources := configured(t)
	seen := map[string]bool{}
	for _, object := range corpus(t) {
		object.SetNamespace("clinics")
		seen[object.GetKind()] = true
		want := expected(t, object)
		if got := metrics(t, resources[object.GetKind()], object); !slices.Equal(got, want) {
			t.Errorf("%s %s: got\n%s\nnot\n%s", object.GetKind(), object.GetName(),
				strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	if len(seen) != 3 {
		t.Fatalf("states of %v only: where is the corpus?", seen)
	}
}

func TestEveryKindIsConfigured(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, "crds/*.yaml"))
	if err != nil || len(files) < 4 {
		t.Fatal(files, err)
	}
	resources := configured(t)
	for _, file := range files {
		crd := parse(t, read(t, file))
		kind, _, _ := unstructured.NestedString(crd.Object, "spec", "names", "kind")
		if _, found := resources[kind]; !found {
			t.Errorf("%s has no metrics", kind)
		}
	}
	if len(resources) != len(files) {
		t.Errorf("%d kinds are configured, and %d exist", len(resources), len(files))
	}
}

// An object before its first status, as the operator finds it.
func TestAnObjectWithoutStatusHasNone(t *testing.T) {
	object := parse(t, account)
	delete(object.Object, "status")
	if got := metrics(t, configured(t)["NgrokAccount"], object); len(got) != 0 {
		t.Error(got)
	}
}

// configured are the resources of the configuration by their kind. It is decoded as kube-state-metrics does, except that
// a field that kube-state-metrics would ignore is an error here.
func configured(t *testing.T) map[string]customresourcestate.Resource {
	t.Helper()
	decoder := yaml.NewDecoder(strings.NewReader(read(t, root+"/deploy/components/monitoring/kube-state-metrics.yaml")))
	decoder.KnownFields(true)
	var config struct {
		Kind                        string
		customresourcestate.Metrics `yaml:",inline"`
	}
	if err := decoder.Decode(&config); err != nil {
		t.Fatal(err)
	}
	resources := map[string]customresourcestate.Resource{}
	for _, resource := range config.Spec.Resources {
		for i := range resource.Metrics {
			each := &resource.Metrics[i].Each
			each.Type = metric.Type(strings.ToLower(string(each.Type)))
		}
		resources[resource.GroupVersionKind.Kind] = resource
	}
	return resources
}

// metrics are the lines that kube-state-metrics serves for an object, sorted.
func metrics(t *testing.T, resource customresourcestate.Resource, object *unstructured.Unstructured) []string {
	t.Helper()
	factory, err := customresourcestate.NewCustomResourceMetrics(resource)
	if err != nil {
		t.Fatal(err)
	}
	families := factory.MetricFamilyGenerators()
	store := metricsstore.NewMetricsStore(
		generator.ExtractMetricFamilyHeaders(families), generator.ComposeMetricGenFuncs(families))
	if err := store.Add(object); err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := metricsstore.NewMetricsWriter(store).WriteAll(&text); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(text.String()) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, strings.TrimSuffix(line, "\n"))
		}
	}
	slices.Sort(lines)
	return lines
}

func expected(t *testing.T, object *unstructured.Unstructured) []string {
	t.Helper()
	conditions, _, _ := unstructured.NestedSlice(object.Object, "status", "conditions")
	var lines []string
	for _, one := range conditions {
		c := one.(map[string]any)
		since, err := time.Parse(time.RFC3339, c["lastTransitionTime"].(string))
		if err != nil {
			t.Fatal(err)
		}
		labels := fmt.Sprintf(`{condition=%q,customresource_group="clinicnet.dev",customresource_kind=%q,`+
			`customresource_version="v1alpha1",name=%q,namespace="clinics",reason=%q,status=%q}`,
			c["type"], object.GetKind(), object.GetName(), c["reason"], c["status"])
		lines = append(lines,
			"kube_clinicnet_object_condition"+labels+" 1",
			fmt.Sprintf("kube_clinicnet_object_condition_transition_timestamp_seconds%s %g", labels, float64(since.Unix())))
	}
	slices.Sort(lines)
	return lines
}

// corpus are the objects with each reason of each condition.
func corpus(t *testing.T) []*unstructured.Unstructured {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "src/test/resources/statuses/*/*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var objects []*unstructured.Unstructured
	for _, file := range files {
		for document := range strings.SplitSeq(read(t, file), "\n---\n") {
			objects = append(objects, parse(t, document))
		}
	}
	return objects
}

func parse(t *testing.T, text string) *unstructured.Unstructured {
	t.Helper()
	object := &unstructured.Unstructured{}
	if err := k8syaml.Unmarshal([]byte(text), &object.Object); err != nil {
		t.Fatal(err)
	}
	return object
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
