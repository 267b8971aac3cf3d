package argocd

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/argoproj/argo-cd/v3/applicationset/utils"
	appv1 "github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

const examples = "examples/gitops"

var namespaces = regexp.MustCompile(`(?m)^  namespace: .*\n`)

func TestTheExamplesAreOfArgoCDsTypes(t *testing.T) {
	decode(t, "argocd/platform.yaml", &appv1.Application{})
	operator := decode(t, "argocd/apps/operator.yaml", &appv1.Application{})
	for _, source := range operator.Spec.Sources {
		if _, err := os.Stat(filepath.Join(root, source.Path)); err != nil {
			t.Error(err)
		}
	}
	if first, then := wave(t, operator.Annotations), wave(t, clinics(t).Annotations); first >= then {
		t.Errorf("the operator is of wave %s, the clinics are of wave %s", first, then)
	}
}

func TestTheServicesComeAfterTheirClinic(t *testing.T) {
	for _, service := range []string{"api", "database", "web"} {
		clinic := readObject(t, filepath.Join(root, examples, "site/clinic.yaml"))
		object := readObject(t, filepath.Join(root, examples, "site", service+".yaml"))
		if wave(t, clinic.GetAnnotations()) >= wave(t, object.GetAnnotations()) {
			t.Errorf("%s is not of a later wave than its Clinic", service)
		}
	}
}

// What the ApplicationSet leads to is committed, and ExamplesIT applies it.
func TestTheApplicationSetMakesAClinicOfEachEntry(t *testing.T) {
	for name, application := range applications(t) {
		if err := application.Spec.Source.Kustomize.Patches; len(err) == 0 {
			t.Fatal(name, "has no patches")
		}
		patches, err := json.Marshal(application.Spec.Source.Kustomize.Patches)
		if err != nil {
			t.Fatal(err)
		}
		manifests := build(t, application.Spec.Source.Path, string(patches))
		current(t, "src/test/resources/gitops/"+strings.TrimPrefix(name, "clinic-")+".yaml", manifests)
	}
}

func TestAMissingFieldOfAnEntryIsAnError(t *testing.T) {
	set := clinics(t)
	template := appv1.Application{ObjectMeta: metadata(set), Spec: set.Spec.Template.Spec}
	_, err := (&utils.Render{}).RenderTemplateParams(
		&template, nil, map[string]any{"name": "x"}, set.Spec.GoTemplate, set.Spec.GoTemplateOptions)
	if err == nil || !strings.Contains(err.Error(), "displayName") {
		t.Errorf("got %v", err)
	}
}

func TestTheExamplesAreOfFluxsTypes(t *testing.T) {
	decode(t, "flux/source.yaml", &sourcev1.GitRepository{})
	for _, document := range documents(t, "flux/operator.yaml") {
		kustomization := &kustomizev1.Kustomization{}
		if err := yaml.UnmarshalStrict(document, kustomization); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(root, kustomization.Spec.Path)); err != nil {
			t.Error(err)
		}
	}
}

func TestFluxDeliversTheSameAsArgoCD(t *testing.T) {
	all := documents(t, "flux/lakeside.yaml")
	kustomization := &kustomizev1.Kustomization{}
	if err := yaml.UnmarshalStrict(all[len(all)-1], kustomization); err != nil {
		t.Fatal(err)
	}
	patches, err := json.Marshal(kustomization.Spec.Patches)
	if err != nil {
		t.Fatal(err)
	}
	current(t, "src/test/resources/gitops/lakeside.yaml", build(t, kustomization.Spec.Path, string(patches)))
}

func documents(t *testing.T, file string) [][]byte {
	t.Helper()
	return bytes.Split(read(t, filepath.Join(root, examples, file)), []byte("\n---\n"))
}

func clinics(t *testing.T) *appv1.ApplicationSet {
	t.Helper()
	return decode(t, "argocd/apps/clinics.yaml", &appv1.ApplicationSet{})
}

// applications are what Argo CD makes of the ApplicationSet, by name.
func applications(t *testing.T) map[string]*appv1.Application {
	t.Helper()
	set := clinics(t)
	applications := map[string]*appv1.Application{}
	for _, element := range set.Spec.Generators[0].List.Elements {
		params := map[string]any{}
		if err := json.Unmarshal(element.Raw, &params); err != nil {
			t.Fatal(err)
		}
		template := appv1.Application{ObjectMeta: metadata(set), Spec: set.Spec.Template.Spec}
		application, err := (&utils.Render{}).RenderTemplateParams(
			&template, set.Spec.SyncPolicy, params, set.Spec.GoTemplate, set.Spec.GoTemplateOptions)
		if err != nil {
			t.Fatal(err)
		}
		applications[application.Name] = application
	}
	if len(applications) != 2 {
		t.Fatal(applications)
	}
	return applications
}

// build is what kustomize makes of a folder with patches, but for the namespace.
func build(t *testing.T, path, patches string) string {
	t.Helper()
	disk := filesys.MakeFsOnDisk()
	overlay := filepath.Join(t.TempDir(), "overlay")
	base, err := filepath.Abs(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(overlay, 0o755); err != nil {
		t.Fatal(err)
	}
	relative, err := filepath.Rel(overlay, base)
	if err != nil {
		t.Fatal(err)
	}
	text := "resources: [" + relative + "]\npatches: " + patches + "\n"
	if err := os.WriteFile(filepath.Join(overlay, "kustomization.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	built, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(disk, overlay)
	if err != nil {
		t.Fatal(err)
	}
	manifests, err := built.AsYaml()
	if err != nil {
		t.Fatal(err)
	}
	return namespaces.ReplaceAllString(string(manifests), "")
}

// current rewrites a committed file that is not what it should be, and fails.
func current(t *testing.T, file, text string) {
	t.Helper()
	path := filepath.Join(root, file)
	text = "# Generated from " + examples + ": change that, not this file.\n" + text
	if committed, err := os.ReadFile(path); err == nil && string(committed) == text {
		return
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Errorf("%s was not what the examples say. It has been rewritten: review and commit it", file)
}

func decode[T any](t *testing.T, file string, object *T) *T {
	t.Helper()
	if err := yaml.UnmarshalStrict(read(t, filepath.Join(root, examples, file)), object); err != nil {
		t.Fatal(file, err)
	}
	return object
}

func wave(t *testing.T, annotations map[string]string) string {
	t.Helper()
	wave, found := annotations["argocd.argoproj.io/sync-wave"]
	if !found {
		t.Fatal("no wave among", annotations)
	}
	return wave
}

func metadata(set *appv1.ApplicationSet) metav1.ObjectMeta {
	return metav1.ObjectMeta{Name: set.Spec.Template.Name}
}
