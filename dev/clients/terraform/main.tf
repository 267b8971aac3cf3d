# Everything of the provider that a site can need, for dev/clients/terraform.sh.

terraform {
  required_providers {
    ngrok = {
      source = "ngrok/ngrok"
    }
  }
}

# NGROK_API_KEY and NGROK_API_BASE_URL configure it.
provider "ngrok" {}

variable "note" {
  type    = string
  default = "before"
}

variable "certificates" {
  type = string
}

locals {
  deny = jsonencode({
    on_http_request = [{ actions = [{ type = "deny", config = { status_code = 404 } }] }]
  })
}

resource "ngrok_domain" "sites" {
  domain   = "*.tf.example.com"
  metadata = var.note

  certificate_management_policy = {
    authority        = "letsencrypt"
    private_key_type = "ecdsa"
  }
}

resource "ngrok_tcp_address" "db" {
  description = var.note
  region      = "us"
}

resource "ngrok_service_user" "site" {
  name   = "tf-${var.note}"
  active = true
}

resource "ngrok_credential" "site" {
  acl         = ["bind:*.tf.internal"]
  description = var.note
  owner_id    = ngrok_service_user.site.id
}

resource "ngrok_api_key" "site" {
  description = var.note
  owner_id    = ngrok_service_user.site.id
}

resource "ngrok_cloud_endpoint" "site" {
  url            = "https://one.tf.example.com"
  metadata       = var.note
  traffic_policy = local.deny
  depends_on     = [ngrok_domain.sites]
}

resource "ngrok_vault" "site" {
  name        = "tf"
  description = var.note
}

resource "ngrok_secret" "site" {
  name     = "password"
  value    = var.note
  vault_id = ngrok_vault.site.id
}

resource "ngrok_ip_policy" "office" {
  description = var.note
}

resource "ngrok_ip_policy_rule" "office" {
  ip_policy_id = ngrok_ip_policy.office.id
  action       = "allow"
  cidr         = "203.0.113.0/24"
  description  = var.note
}

resource "ngrok_ip_restriction" "office" {
  type          = "endpoints"
  ip_policy_ids = [ngrok_ip_policy.office.id]
  enforced      = var.note == "after"
}

resource "ngrok_agent_ingress" "connect" {
  domain      = "connect.tf-example.com"
  description = var.note
}

resource "ngrok_tls_certificate" "site" {
  certificate_pem = file("${var.certificates}/ec.crt")
  private_key_pem = file("${var.certificates}/ec.pkcs8.key")
  description     = var.note
}

resource "ngrok_certificate_authority" "site" {
  ca_pem      = file("${var.certificates}/ca.crt")
  description = var.note
}
