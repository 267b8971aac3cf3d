package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	"golang.ngrok.com/ngrok/v2"
	"golang.ngrok.com/ngrok/v2/rpc"
)

// version is the release of the command-line agent that this program represents: the operator warns of old ones.
const version = "3.39.7"

// firstWait and longestWait are the pauses after a refused endpoint. The SDK itself repeats a refused login.
const (
	firstWait   = 500 * time.Millisecond
	longestWait = 10 * time.Second
)

// site is one agent: it runs one ngrok.yml.
type site struct {
	id      string
	path    string
	options *options
	network *network
	events  *events
	ctx     context.Context
	cancel  context.CancelFunc
	done    chan struct{}

	restart chan struct{}
	mu      sync.Mutex
	agent   ngrok.Agent
}

func startSite(id, path string, options *options, events *events) *site {
	ctx, cancel := context.WithCancel(context.Background())
	s := &site{
		id: id, path: path, options: options, events: events,
		network: &network{places: map[string]string{}, parent: options.network},
		ctx:     ctx, cancel: cancel, done: make(chan struct{}), restart: make(chan struct{}, 1),
	}
	go func() {
		defer close(s.done)
		s.run()
	}()
	return s
}

// run reads the file and runs it, again after each restart, until the agent ends.
func (s *site) run() {
	for s.ctx.Err() == nil {
		ctx, cancel := context.WithCancel(s.ctx)
		if err := s.once(ctx); err != nil {
			s.say(event{Event: "failed", Message: err.Error()})
			s.cancel()
		} else {
			select {
			case <-s.ctx.Done():
			case <-s.restart:
			}
		}
		cancel()
		s.disconnect()
	}
	s.say(event{Event: "ended"})
}

// end stops the agent in order, and waits.
func (s *site) end() {
	s.cancel()
	<-s.done
}

func (s *site) disconnect() {
	s.mu.Lock()
	agent := s.agent
	s.agent = nil
	s.mu.Unlock()
	if agent != nil {
		_ = agent.Disconnect()
	}
}

// once connects, and starts every endpoint. It returns when all were tried.
func (s *site) once(ctx context.Context) error {
	config, err := readFile(s.path)
	if err != nil {
		return err
	}
	agentOptions, err := s.agentOptions(&config.Agent)
	if err != nil {
		return err
	}
	agent, err := ngrok.NewAgent(agentOptions...)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.agent = agent
	s.mu.Unlock()
	// The SDK repeats a refused login until the context ends.
	if err := agent.Connect(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	for i := range config.Endpoints {
		wanted := &config.Endpoints[i]
		if !s.forward(ctx, agent, wanted) {
			go s.forwardLater(ctx, agent, wanted)
		}
	}
	started := event{Event: "started"}
	if session, err := agent.Session(); err == nil {
		started.Session = session.ID()
	}
	s.say(started)
	return nil
}

func (s *site) agentOptions(part *agentPart) ([]ngrok.AgentOption, error) {
	list := []ngrok.AgentOption{
		ngrok.WithAuthtoken(part.Authtoken),
		ngrok.WithAgentMetadata(part.Metadata),
		ngrok.WithClientInfo("clinicnet-test-agent", version),
		ngrok.WithEventHandler(s.handle),
		ngrok.WithLogger(slog.New(slog.DiscardHandler)),
	}
	if part.RemoteManagement == nil || *part.RemoteManagement {
		list = append(list, ngrok.WithRPCHandler(s.command))
	}
	connect := part.ConnectURL
	if s.options.connectURL != "" {
		connect = s.options.connectURL
	}
	if connect != "" {
		list = append(list, ngrok.WithAgentConnectURL(connect))
	}
	authorities := part.ConnectCAs
	if s.options.connectCAs != "" {
		authorities = s.options.connectCAs
	}
	switch authorities {
	case "", "trusted":
	case "host":
		pool, err := x509.SystemCertPool()
		if err != nil {
			return nil, err
		}
		list = append(list, ngrok.WithAgentConnectCAs(pool))
	default:
		text, err := os.ReadFile(authorities)
		if err != nil {
			return nil, err
		}
		pool := x509.NewCertPool()
		if !pool.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("connect_cas: %s holds no certificate", authorities)
		}
		list = append(list, ngrok.WithAgentConnectCAs(pool))
	}
	if part.ProxyURL != "" {
		list = append(list, ngrok.WithProxyURL(part.ProxyURL))
	}
	for _, each := range []struct {
		text string
		with func(time.Duration) ngrok.AgentOption
	}{
		{part.HeartbeatInterval, ngrok.WithHeartbeatInterval},
		{part.HeartbeatTolerance, ngrok.WithHeartbeatTolerance},
	} {
		value, err := duration(each.text)
		if err != nil {
			return nil, err
		}
		if value != 0 {
			list = append(list, each.with(value))
		}
	}
	return list, nil
}

// forward brings one endpoint online; false if the platform refuses it now.
func (s *site) forward(ctx context.Context, agent ngrok.Agent, wanted *endpoint) bool {
	list, to, err := s.endpointOptions(wanted)
	if err != nil {
		s.say(event{Event: "failed", Name: wanted.Name, URL: wanted.URL, Message: err.Error()})
		return true
	}
	var forwarder ngrok.Endpoint
	if strings.HasPrefix(wanted.URL, "tls://") && wanted.Termination == nil {
		forwarder, err = s.passThrough(ctx, agent, wanted, list)
	} else if wanted.Upstream.Protocol == "http2" && strings.HasPrefix(wanted.Upstream.URL, "http://") {
		forwarder, err = s.withoutTLS(ctx, agent, wanted, list)
	} else {
		forwarder, err = agent.Forward(ctx, to, list...)
	}
	if err != nil {
		if ctx.Err() == nil {
			s.say(event{
				Event: "endpoint refused", Name: wanted.Name, URL: wanted.URL, Code: code(err), Message: err.Error(),
			})
		}
		return ctx.Err() != nil
	}
	s.say(event{Event: "bound", Name: wanted.Name, URL: forwarder.URL().String()})
	go func() {
		select {
		case <-ctx.Done():
		case <-forwarder.Done():
			if ctx.Err() == nil {
				s.say(event{Event: "endpoint ended", Name: wanted.Name, URL: wanted.URL})
			}
		}
	}()
	return true
}

// forwardLater repeats what was refused.
func (s *site) forwardLater(ctx context.Context, agent ngrok.Agent, wanted *endpoint) {
	for wait := firstWait; ; wait = min(2*wait, longestWait) {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		if s.forward(ctx, agent, wanted) {
			return
		}
	}
}

func (s *site) endpointOptions(wanted *endpoint) ([]ngrok.EndpointOption, *ngrok.Upstream, error) {
	policy, err := wanted.policy()
	if err != nil {
		return nil, nil, err
	}
	termination, err := wanted.tlsConfig()
	if err != nil {
		return nil, nil, err
	}
	list := []ngrok.EndpointOption{
		ngrok.WithName(wanted.Name),
		ngrok.WithURL(wanted.URL),
		ngrok.WithBindings(wanted.Bindings...),
		ngrok.WithMetadata(wanted.Metadata),
		ngrok.WithDescription(wanted.Description),
		ngrok.WithPoolingEnabled(wanted.PoolingEnabled),
		ngrok.WithTrafficPolicy(policy),
	}
	if termination != nil {
		list = append(list, ngrok.WithAgentTLSTermination(termination))
	}
	to := []ngrok.UpstreamOption{
		// Like the command-line agent without --upstream-tls-verify.
		ngrok.WithUpstreamTLSClientConfig(&tls.Config{InsecureSkipVerify: true}),
		ngrok.WithUpstreamDialer(s.network),
	}
	if wanted.Upstream.Protocol == "http2" {
		to = append(to, ngrok.WithUpstreamProtocol("http2"))
	}
	switch wanted.Upstream.ProxyProtocol {
	case "":
	case "1":
		to = append(to, ngrok.WithUpstreamProxyProto(ngrok.ProxyProtoV1))
	case "2":
		to = append(to, ngrok.WithUpstreamProxyProto(ngrok.ProxyProtoV2))
	default:
		return nil, nil, errors.New("upstream.proxy_protocol is 1 or 2")
	}
	return list, ngrok.WithUpstream(wanted.Upstream.URL, to...), nil
}

// handle reports what happens to the connection.
func (s *site) handle(happened ngrok.Event) {
	switch it := happened.(type) {
	case *ngrok.EventAgentConnectSucceeded: // The session's id is not known yet.
		s.say(event{Event: "connected"})
	case *ngrok.EventAgentDisconnected:
		if it.Error != nil && s.ctx.Err() == nil {
			s.say(event{Event: "disconnected", Code: code(it.Error), Message: it.Error.Error()})
		}
	}
}

// command carries out what the platform asks for.
func (s *site) command(_ context.Context, _ ngrok.AgentSession, request rpc.Request) ([]byte, error) {
	switch request.Method() {
	case rpc.StopAgentMethod:
		s.say(event{Event: "told to stop"})
		s.cancel()
	case rpc.RestartAgentMethod:
		s.say(event{Event: "told to restart"})
		s.again()
	case rpc.UpdateAgentMethod:
		// There is nothing to update. An updated agent starts again, too.
		s.say(event{Event: "told to update"})
		s.again()
	default:
		return nil, errors.New("this agent does not know " + request.Method())
	}
	return nil, nil
}

// again makes the agent read its file and log in anew.
func (s *site) again() {
	select {
	case s.restart <- struct{}{}:
	default:
	}
}

func (s *site) say(what event) {
	what.Agent = s.id
	s.events.say(what)
}

// network dials what represents the machines of a site. What it does not know, its parent may know.
type network struct {
	mu     sync.RWMutex
	places map[string]string
	parent *network
	direct net.Dialer
}

func (n *network) set(address, place string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.places[address] = place
}

func (n *network) place(address string) (string, bool) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	if place, found := n.places[address]; found || n.parent == nil {
		return place, found
	}
	return n.parent.place(address)
}

func (n *network) Dial(kind, address string) (net.Conn, error) {
	return n.DialContext(context.Background(), kind, address)
}

func (n *network) DialContext(ctx context.Context, kind, address string) (net.Conn, error) {
	place, found := n.place(address)
	if !found {
		host, _, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return nil, fmt.Errorf("%s has no --upstream, and this agent dials only loopback by itself", address)
		}
		place = address
	}
	return n.direct.DialContext(ctx, kind, place)
}
