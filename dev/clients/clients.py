"""Checks the simulator with ngrok's own client for Python, unchanged. dev/clients/check sets NGROK_API_URL."""

import os
import pathlib
import subprocess
import tempfile
import urllib.request

import ngrok

DENY = '{"on_http_request":[{"actions":[{"type":"deny","config":{"status_code":404}}]}]}'


def refused(code, call):
    try:
        call()
    except ngrok.Error as error:
        assert str(code) in str(error.error_code), f"{error.error_code} and not {code}"
        return
    raise AssertionError(f"not refused with {code}")


def done(call):
    """Makes a call that is answered 204. The client carries it out, and takes this answer for a mistake."""
    try:
        call()
    except RuntimeError as error:
        assert "204" in str(error), error


def domains_with_their_endpoints(client):
    domain = client.reserved_domains.create(domain="*.py.example.com")
    changed = client.reserved_domains.update(id=domain.id, description="d")
    assert changed.description == "d", changed.description
    endpoint = client.endpoints.create(
        url="https://a.py.example.com", type="cloud", traffic_policy=DENY, bindings=["public"]
    )
    refused(446, lambda: client.reserved_domains.delete(domain.id))
    client.endpoints.update(id=endpoint.id, metadata="m")
    assert [e.id for e in client.endpoints.list()] == [endpoint.id]
    client.endpoints.delete(endpoint.id)
    client.reserved_domains.delete(domain.id)


def service_users_with_their_credentials_and_keys(client):
    user = client.service_users.create(name="py", active=True)
    token = client.credentials.create(owner_id=user.id, acl=["bind:*.py.internal"])
    assert token.token and client.credentials.get(token.id).token is None
    key = client.api_keys.create(owner_id=user.id, description="py")
    own = ngrok.Client(key.token, os.environ["NGROK_API_URL"])
    refused(4111, lambda: own.service_users.create(name="another"))
    assert client.api_keys.update(id=key.id, metadata="m").metadata == "m"
    client.api_keys.delete(key.id)
    client.service_users.delete(user.id)


def pages_are_followed(client):
    addresses = [client.reserved_addrs.create(metadata="py") for _ in range(3)]
    listed = client.reserved_addrs.list(limit="2", filter='obj.metadata == "py"')
    assert len(list(listed)) == 3
    for address in addresses:
        client.reserved_addrs.delete(address.id)


def policies_with_their_restriction(client):
    policy = client.ip_policies.create(description="py")
    rules = client.ip_policy_rules
    refused(1413, lambda: rules.create(cidr="10.0.0.1", ip_policy_id=policy.id, action="allow"))
    refused(1422, lambda: rules.create(cidr="10.0.0.0/8", ip_policy_id=policy.id, action="perhaps"))
    rule = rules.create(cidr="10.0.0.0/8", ip_policy_id=policy.id, action="allow")
    refused(1421, lambda: rules.update(id=rule.id, description="a" * 256))
    restriction = client.ip_restrictions.create(type="agent", ip_policy_ids=[policy.id], enforced=True)
    refused(1420, lambda: client.ip_policies.delete(policy.id))
    client.ip_restrictions.delete(restriction.id)
    client.ip_policies.delete(policy.id)


def vaults_with_their_secrets(client):
    vault = client.vaults.create(name="py")
    secret = client.secrets.create(name="s", value="v", vault_id=vault.id)
    refused(23003, lambda: client.vaults.delete(vault.id))
    client.secrets.delete(secret.id)
    client.vaults.delete(vault.id)


def certificates_and_authorities(client):
    with tempfile.TemporaryDirectory() as directory:
        key, certificate = (pathlib.Path(directory, name) for name in ("key.pem", "certificate.pem"))
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
            + ["-subj", "/CN=py.example.org", "-addext", "subjectAltName=DNS:py.example.org", "-days", "1"]
            + ["-keyout", key, "-out", certificate],
            check=True,
            capture_output=True,
        )
        private_key, pem = key.read_text(), certificate.read_text()
    authority = client.certificate_authorities.create(ca_pem=pem)
    assert authority.subject_common_name == "py.example.org", authority.subject_common_name
    assert client.certificate_authorities.update(id=authority.id, metadata="m").metadata == "m"
    client.certificate_authorities.delete(authority.id)
    refused(1920, lambda: client.certificate_authorities.create(ca_pem="none"))
    uploaded = client.tls_certificates.create(certificate_pem=pem, private_key_pem=private_key)
    assert client.tls_certificates.update(id=uploaded.id, description="d").description == "d"
    client.tls_certificates.delete(uploaded.id)
    assert list(client.tls_certificates.list()) == []


def agent_ingresses(client):
    ingress = client.agent_ingresses.create(domain="connect.py.example.org")
    refused(6706, lambda: client.agent_ingresses.create(domain="connect.py.example.org"))
    assert client.agent_ingresses.update(id=ingress.id, metadata="m").metadata == "m"
    client.agent_ingresses.delete(ingress.id)
    assert list(client.agent_ingresses.list()) == []


def sessions_are_restarted_and_stopped(client):
    token = client.credentials.create(acl=["bind:*.py.internal"])
    file = f"version: 3\nagent: {{authtoken: {token.token}, metadata: py}}\n"
    with urllib.request.urlopen(os.environ["NGROK_API_URL"] + "/_simulator/agents", file.encode()) as answer:
        assert answer.status == 201, answer.status
    (first,) = client.tunnel_sessions.list()
    assert first.credential.id == token.id and client.tunnel_sessions.get(first.id).metadata == "py"
    done(lambda: client.tunnel_sessions.restart(first.id))
    (second,) = client.tunnel_sessions.list()
    assert second.id != first.id
    done(lambda: client.tunnel_sessions.stop(second.id))
    assert list(client.tunnel_sessions.list()) == []
    client.credentials.delete(token.id)


def what_is_not_modelled_is_empty(client):
    for kind in (
        client.tunnels,
        client.tunnel_sessions,
        client.application_users,
        client.application_sessions,
        client.event_destinations,
        client.event_subscriptions,
        client.ssh_credentials,
        client.edges.https,
        client.backends.failover,
    ):
        assert list(kind.list()) == [], kind


CHECKS = (
    domains_with_their_endpoints,
    service_users_with_their_credentials_and_keys,
    pages_are_followed,
    policies_with_their_restriction,
    vaults_with_their_secrets,
    certificates_and_authorities,
    agent_ingresses,
    sessions_are_restarted_and_stopped,
    what_is_not_modelled_is_empty,
)

if __name__ == "__main__":
    for check in CHECKS:
        check(ngrok.Client("2fakefakefakefakefakefakefa_FAKEfakeFAKEfakeFAKE1", os.environ["NGROK_API_URL"]))
        print(f"ok {check.__name__.replace('_', ' ')}")
    print(f"{len(CHECKS)} passed, 0 failed")
