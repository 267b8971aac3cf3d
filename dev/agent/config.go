package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"gopkg.in/yaml.v3"
)

// file is the part of an ngrok.yml, version 3, that this program carries out. It refuses keys that it does not know, so
// that a test never passes because something was ignored.
type file struct {
	Version   any        `yaml:"version"`
	Agent     agentPart  `yaml:"agent"`
	Endpoints []endpoint `yaml:"endpoints"`
}

type agentPart struct {
	Authtoken          string   `yaml:"authtoken"`
	ConnectURL         string   `yaml:"connect_url"`
	ConnectCAs         string   `yaml:"connect_cas"`
	Metadata           string   `yaml:"metadata"`
	HeartbeatInterval  string   `yaml:"heartbeat_interval"`
	HeartbeatTolerance string   `yaml:"heartbeat_tolerance"`
	ProxyURL           string   `yaml:"proxy_url"`
	RemoteManagement   *bool    `yaml:"remote_management"`
	DNSResolverIPs     []string `yaml:"dns_resolver_ips"`

	// These concern only the command-line agent: its log, its inspector, its own API and its updates.
	APIKey        string   `yaml:"api_key"`
	CRLNoVerify   bool     `yaml:"crl_noverify"`
	ConsoleUI     any      `yaml:"console_ui"`
	InspectDBSize int      `yaml:"inspect_db_size"`
	Log           any      `yaml:"log"`
	LogFormat     string   `yaml:"log_format"`
	LogLevel      string   `yaml:"log_level"`
	UpdateCheck   *bool    `yaml:"update_check"`
	UpdateChannel string   `yaml:"update_channel"`
	WebAddr       any      `yaml:"web_addr"`
	WebAllowHosts []string `yaml:"web_allow_hosts"`
}

type endpoint struct {
	Name           string       `yaml:"name"`
	URL            string       `yaml:"url"`
	Upstream       upstream     `yaml:"upstream"`
	Bindings       []string     `yaml:"bindings"`
	Metadata       string       `yaml:"metadata"`
	Description    string       `yaml:"description"`
	TrafficPolicy  any          `yaml:"traffic_policy"`
	PoolingEnabled bool         `yaml:"pooling_enabled"`
	Termination    *termination `yaml:"agent_tls_termination"`
}

type upstream struct {
	URL           string `yaml:"url"`
	Protocol      string `yaml:"protocol"`
	ProxyProtocol string `yaml:"proxy_protocol"`
}

type termination struct {
	Certificate string   `yaml:"server_certificate"`
	PrivateKey  string   `yaml:"server_private_key"`
	ClientCAs   []string `yaml:"mutual_tls_certificate_authorities"`
}

func readFile(path string) (*file, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var read file
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&read); err != nil {
		// The decoder's message can quote the line, which may have the token.
		return nil, fmt.Errorf("%s is not a file of version 3 with known keys only", path)
	}
	if version := fmt.Sprint(read.Version); version != "3" {
		return nil, fmt.Errorf("%s: version is %s, not 3", path, version)
	}
	if len(read.Agent.DNSResolverIPs) > 0 {
		return nil, fmt.Errorf("%s: dns_resolver_ips: the SDK cannot ask other DNS servers", path)
	}
	return &read, nil
}

// policy returns the traffic policy as JSON; empty without one.
func (e *endpoint) policy() (string, error) {
	if e.TrafficPolicy == nil {
		return "", nil
	}
	text, err := json.Marshal(e.TrafficPolicy)
	return string(text), err
}

// tlsConfig returns nil if the agent passes TLS through.
func (e *endpoint) tlsConfig() (*tls.Config, error) {
	if e.Termination == nil {
		return nil, nil
	}
	pair, err := tls.X509KeyPair([]byte(e.Termination.Certificate), []byte(e.Termination.PrivateKey))
	if err != nil {
		return nil, errors.New("agent_tls_termination: the certificate and its key cannot be read")
	}
	config := &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	if len(e.Termination.ClientCAs) > 0 {
		config.ClientCAs = x509.NewCertPool()
		for _, authority := range e.Termination.ClientCAs {
			if !config.ClientCAs.AppendCertsFromPEM([]byte(authority)) {
				return nil, errors.New("agent_tls_termination: an authority cannot be read")
			}
		}
		config.ClientAuth = tls.RequireAndVerifyClientCert
	}
	return config, nil
}

func duration(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	return time.ParseDuration(text)
}
