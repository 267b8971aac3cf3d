// Checks the simulator with ngrok's own client for Go, unchanged: what the client can do must work, and what it only
// looks at must be there. dev/clients/check starts a simulator and sets NGROK_API_URL.
package clients

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	ngrok "github.com/ngrok/ngrok-api-go/v9"
	"github.com/ngrok/ngrok-api-go/v9/agent_ingresses"
	"github.com/ngrok/ngrok-api-go/v9/api_keys"
	"github.com/ngrok/ngrok-api-go/v9/application_sessions"
	"github.com/ngrok/ngrok-api-go/v9/application_users"
	"github.com/ngrok/ngrok-api-go/v9/certificate_authorities"
	"github.com/ngrok/ngrok-api-go/v9/credentials"
	"github.com/ngrok/ngrok-api-go/v9/endpoints"
	"github.com/ngrok/ngrok-api-go/v9/event_destinations"
	"github.com/ngrok/ngrok-api-go/v9/event_subscriptions"
	"github.com/ngrok/ngrok-api-go/v9/ip_policies"
	"github.com/ngrok/ngrok-api-go/v9/ip_policy_rules"
	"github.com/ngrok/ngrok-api-go/v9/ip_restrictions"
	"github.com/ngrok/ngrok-api-go/v9/kubernetes_operators"
	"github.com/ngrok/ngrok-api-go/v9/reserved_addrs"
	"github.com/ngrok/ngrok-api-go/v9/reserved_domains"
	"github.com/ngrok/ngrok-api-go/v9/secrets"
	"github.com/ngrok/ngrok-api-go/v9/service_users"
	"github.com/ngrok/ngrok-api-go/v9/ssh_credentials"
	"github.com/ngrok/ngrok-api-go/v9/tls_certificates"
	"github.com/ngrok/ngrok-api-go/v9/tunnel_sessions"
	"github.com/ngrok/ngrok-api-go/v9/tunnels"
	"github.com/ngrok/ngrok-api-go/v9/vaults"
)

const deny = `{"on_http_request":[{"actions":[{"type":"deny","config":{"status_code":404}}]}]}`

var ctx = context.Background()

func config(t *testing.T) *ngrok.ClientConfig {
	t.Helper()
	url := os.Getenv("NGROK_API_URL")
	if url == "" {
		t.Fatal("NGROK_API_URL is not set: run dev/clients/check")
	}
	return ngrok.NewClientConfig("2fakefakefakefakefakefakefa_FAKEfakeFAKEfakeFAKE1", ngrok.WithBaseURL(url))
}

// must gives the result of a call that has to succeed.
func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func none(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal[T comparable](t *testing.T, got, want T) {
	t.Helper()
	if got != want {
		t.Fatalf("got %v, not %v", got, want)
	}
}

// count goes through all pages.
func count[T any](t *testing.T, items ngrok.Iter[T]) int {
	t.Helper()
	n := 0
	for items.Next(ctx) {
		n++
	}
	none(t, items.Err())
	return n
}

func TestDomainsWithTheirEndpoints(t *testing.T) {
	domains := reserved_domains.NewClient(config(t))
	domain := must(domains.Create(ctx, &ngrok.ReservedDomainCreate{Domain: "*.go.example.com"}))(t)
	changed := must(domains.Update(ctx, &ngrok.ReservedDomainUpdate{ID: domain.ID, Metadata: ngrok.String("m")}))(t)
	equal(t, changed.Metadata, "m")
	filter := `obj.domain.endsWith(".go.example.com")`
	equal(t, count(t, domains.List(&ngrok.FilteredPaging{Filter: &filter})), 1)
	_, err := domains.Create(ctx, &ngrok.ReservedDomainCreate{Domain: "*.go.example.com"})
	equal(t, ngrok.IsErrorCode(err, 413), true)

	cloud := endpoints.NewClient(config(t))
	endpoint := must(cloud.Create(ctx, &ngrok.EndpointCreate{
		URL: "https://a.go.example.com", Type: "cloud", TrafficPolicy: deny, Bindings: []string{"public"},
	}))(t)
	equal(t, endpoint.Domain.ID, domain.ID)
	equal(t, ngrok.IsErrorCode(domains.Delete(ctx, domain.ID), 446), true)
	described := must(cloud.Update(ctx, &ngrok.EndpointUpdate{ID: endpoint.ID, Description: ngrok.String("d")}))(t)
	equal(t, described.TrafficPolicy, deny)
	none(t, cloud.Delete(ctx, endpoint.ID))
	none(t, domains.Delete(ctx, domain.ID))
	_, err = domains.Get(ctx, domain.ID)
	equal(t, ngrok.IsNotFound(err), true)
}

func TestServiceUsersWithTheirCredentialsAndKeys(t *testing.T) {
	users := service_users.NewClient(config(t))
	user := must(users.Create(ctx, &ngrok.ServiceUserCreate{Name: "go", Active: ngrok.Bool(true)}))(t)
	tokens := credentials.NewClient(config(t))
	token := must(tokens.Create(ctx, &ngrok.CredentialCreate{
		OwnerID: &user.ID, ACL: []string{"bind:*.go.internal", "bind:tcp://db.go.internal:22"},
	}))(t)
	equal(t, *token.OwnerID, user.ID)
	equal(t, len(must(tokens.Get(ctx, token.ID))(t).ACL), 2)

	keys := api_keys.NewClient(config(t))
	key := must(keys.Create(ctx, &ngrok.APIKeyCreate{Description: "go", OwnerID: &user.ID}))(t)
	own := service_users.NewClient(ngrok.NewClientConfig(*key.Token, ngrok.WithBaseURL(os.Getenv("NGROK_API_URL"))))
	_, err := own.Create(ctx, &ngrok.ServiceUserCreate{Name: "another"})
	equal(t, ngrok.IsErrorCode(err, 4111), true)
	equal(t, must(keys.Update(ctx, &ngrok.APIKeyUpdate{ID: key.ID, Metadata: ngrok.String("m")}))(t).Metadata, "m")
	none(t, keys.Delete(ctx, key.ID))
	inactive := must(users.Update(ctx, &ngrok.ServiceUserUpdate{ID: user.ID, Active: ngrok.Bool(false)}))(t)
	equal(t, inactive.Active, false)
	none(t, users.Delete(ctx, user.ID))
	_, err = tokens.Get(ctx, token.ID)
	equal(t, ngrok.IsNotFound(err), true)
}

func TestPagesAreFollowed(t *testing.T) {
	addresses := reserved_addrs.NewClient(config(t))
	for range 3 {
		address := must(addresses.Create(ctx, &ngrok.ReservedAddrCreate{Metadata: "pages"}))(t)
		defer addresses.Delete(ctx, address.ID)
	}
	limit, filter := "2", `obj.metadata == "pages"`
	equal(t, count(t, addresses.List(&ngrok.FilteredPaging{Limit: &limit, Filter: &filter})), 3)
}

func TestIPPoliciesWithTheirRestriction(t *testing.T) {
	policies, rules := ip_policies.NewClient(config(t)), ip_policy_rules.NewClient(config(t))
	restrictions := ip_restrictions.NewClient(config(t))
	policy := must(policies.Create(ctx, &ngrok.IPPolicyCreate{Description: "go"}))(t)
	_, err := rules.Create(ctx, &ngrok.IPPolicyRuleCreate{
		CIDR: "10.0.0.1/8", IPPolicyID: policy.ID, Action: ngrok.String("allow"),
	})
	equal(t, ngrok.IsErrorCode(err, 1409), true)
	_, err = rules.Create(ctx, &ngrok.IPPolicyRuleCreate{
		CIDR: "10.0.0.1", IPPolicyID: policy.ID, Action: ngrok.String("allow"),
	})
	equal(t, ngrok.IsErrorCode(err, 1413), true)
	_, err = rules.Create(ctx, &ngrok.IPPolicyRuleCreate{
		CIDR: "10.0.0.0/8", IPPolicyID: policy.ID, Action: ngrok.String("perhaps"),
	})
	equal(t, ngrok.IsErrorCode(err, 1422), true)
	rule := must(rules.Create(ctx, &ngrok.IPPolicyRuleCreate{
		CIDR: "10.0.0.0/8", IPPolicyID: policy.ID, Action: ngrok.String("allow"),
	}))(t)
	long := strings.Repeat("a", 256)
	_, err = rules.Update(ctx, &ngrok.IPPolicyRuleUpdate{ID: rule.ID, Description: &long})
	equal(t, ngrok.IsErrorCode(err, 1421), true)
	restriction := must(restrictions.Create(ctx, &ngrok.IPRestrictionCreate{
		Type: "endpoints", Enforced: true, IPPolicyIDs: []string{policy.ID},
	}))(t)
	equal(t, ngrok.IsErrorCode(policies.Delete(ctx, policy.ID), 1420), true)
	off := must(restrictions.Update(ctx, &ngrok.IPRestrictionUpdate{ID: restriction.ID, Enforced: ngrok.Bool(false)}))(t)
	equal(t, off.Enforced, false)
	none(t, restrictions.Delete(ctx, restriction.ID))
	none(t, policies.Delete(ctx, policy.ID))
}

func TestVaultsWithTheirSecrets(t *testing.T) {
	all, values := vaults.NewClient(config(t)), secrets.NewClient(config(t))
	vault := must(all.Create(ctx, &ngrok.VaultCreate{Name: "go"}))(t)
	secret := must(values.Create(ctx, &ngrok.SecretCreate{Name: "s", Value: "v", VaultID: vault.ID}))(t)
	equal(t, count(t, all.GetSecretsByVault(vault.ID, nil)), 1)
	equal(t, ngrok.IsErrorCode(all.Delete(ctx, vault.ID), 23003), true)
	must(values.Update(ctx, &ngrok.SecretUpdate{ID: secret.ID, Value: ngrok.String("w")}))(t)
	none(t, values.Delete(ctx, secret.ID))
	none(t, all.Delete(ctx, vault.ID))
}

func TestKubernetesOperators(t *testing.T) {
	operators := kubernetes_operators.NewClient(config(t))
	operator := must(operators.Create(ctx, &ngrok.KubernetesOperatorCreate{
		EnabledFeatures: []string{"Bindings"},
		Deployment:      ngrok.KubernetesOperatorDeployment{Name: "n", Namespace: "ns"},
	}))(t)
	must(operators.Update(ctx, &ngrok.KubernetesOperatorUpdate{ID: operator.ID, Metadata: ngrok.String("m")}))(t)
	equal(t, count(t, operators.GetBoundEndpoints(operator.ID, nil)), 0)
	none(t, operators.Delete(ctx, operator.ID))
}

func TestCertificatesAndAuthorities(t *testing.T) {
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "go.example.org"},
		DNSNames: []string{"go.example.org"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	certificate := must(x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key))(t)
	private := must(x509.MarshalPKCS8PrivateKey(key))(t)
	certificatePEM := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}))
	privatePEM := string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}))

	authorities := certificate_authorities.NewClient(config(t))
	authority := must(authorities.Create(ctx, &ngrok.CertificateAuthorityCreate{CAPEM: certificatePEM}))(t)
	equal(t, authority.SubjectCommonName, "go.example.org")
	changed := must(authorities.Update(ctx, &ngrok.CertificateAuthorityUpdate{ID: authority.ID, Metadata: ngrok.String("m")}))(t)
	equal(t, changed.Metadata, "m")
	equal(t, count(t, authorities.List(nil)), 1)
	none(t, authorities.Delete(ctx, authority.ID))
	_, err := authorities.Create(ctx, &ngrok.CertificateAuthorityCreate{CAPEM: "none"})
	equal(t, ngrok.IsErrorCode(err, 1920), true)

	certificates := tls_certificates.NewClient(config(t))
	uploaded := must(certificates.Create(ctx, &ngrok.TLSCertificateCreate{
		CertificatePEM: certificatePEM, PrivateKeyPEM: privatePEM,
	}))(t)
	equal(t, uploaded.SubjectCommonName, "go.example.org")
	described := must(certificates.Update(ctx, &ngrok.TLSCertificateUpdate{ID: uploaded.ID, Description: ngrok.String("d")}))(t)
	equal(t, described.Description, "d")
	none(t, certificates.Delete(ctx, uploaded.ID))
	_, err = certificates.Get(ctx, uploaded.ID)
	equal(t, ngrok.IsNotFound(err), true)
}

func TestAgentIngresses(t *testing.T) {
	ingresses := agent_ingresses.NewClient(config(t))
	ingress := must(ingresses.Create(ctx, &ngrok.AgentIngressCreate{Domain: "connect.go.example.org"}))(t)
	_, err := ingresses.Create(ctx, &ngrok.AgentIngressCreate{Domain: "connect.go.example.org"})
	equal(t, ngrok.IsErrorCode(err, 6706), true)
	changed := must(ingresses.Update(ctx, &ngrok.AgentIngressUpdate{ID: ingress.ID, Metadata: ngrok.String("m")}))(t)
	equal(t, changed.Metadata, "m")
	none(t, ingresses.Delete(ctx, ingress.ID))
	equal(t, count(t, ingresses.List(nil)), 0)
}

func TestSessionsAreRestartedAndStopped(t *testing.T) {
	tokens := credentials.NewClient(config(t))
	token := must(tokens.Create(ctx, &ngrok.CredentialCreate{ACL: []string{"bind:*.go.internal"}}))(t)
	file := fmt.Sprintf("version: 3\nagent: {authtoken: %s, metadata: go}\n", *token.Token)
	answer := must(http.Post(os.Getenv("NGROK_API_URL")+"/_simulator/agents", "text/yaml", strings.NewReader(file)))(t)
	none(t, answer.Body.Close())
	equal(t, answer.StatusCode, http.StatusCreated)

	sessions := tunnel_sessions.NewClient(config(t))
	only := func() *ngrok.TunnelSession {
		t.Helper()
		items := sessions.List(nil)
		equal(t, items.Next(ctx), true)
		return items.Item()
	}
	first := only()
	equal(t, first.Credential.ID, token.ID)
	equal(t, must(sessions.Get(ctx, first.ID))(t).Metadata, "go")
	none(t, sessions.Restart(ctx, first.ID))
	second := only()
	equal(t, second.ID == first.ID, false)
	none(t, sessions.Update(ctx, second.ID))
	none(t, sessions.Stop(ctx, only().ID))
	equal(t, count(t, sessions.List(nil)), 0)
	equal(t, ngrok.IsNotFound(sessions.Stop(ctx, second.ID)), true)
	none(t, tokens.Delete(ctx, token.ID))
}

// Tools that only look at everything must find empty lists.
func TestWhatIsNotModelledIsEmpty(t *testing.T) {
	equal(t, count(t, tunnels.NewClient(config(t)).List(nil)), 0)
	equal(t, count(t, tunnel_sessions.NewClient(config(t)).List(nil)), 0)
	equal(t, count(t, application_users.NewClient(config(t)).List(nil)), 0)
	equal(t, count(t, application_sessions.NewClient(config(t)).List(nil)), 0)
	equal(t, count(t, event_destinations.NewClient(config(t)).List(nil)), 0)
	equal(t, count(t, event_subscriptions.NewClient(config(t)).List(nil)), 0)
	equal(t, count(t, ssh_credentials.NewClient(config(t)).List(nil)), 0)
}

func TestRefusalsHaveAnOperation(t *testing.T) {
	_, err := reserved_domains.NewClient(config(t)).Create(ctx, &ngrok.ReservedDomainCreate{Domain: "a.internal"})
	if err == nil || !strings.Contains(err.Error(), "ERR_NGROK_") || !strings.Contains(err.Error(), "Operation ID: op_") {
		t.Fatal(err)
	}
}
