// An agent for tests, on ngrok's own SDK. Each release of it is tried by raising the version here.
module clinicnet.dev/agent

go 1.26.0

require (
	golang.ngrok.com/ngrok/v2 v2.4.0
	golang.org/x/net v0.50.0
	gopkg.in/yaml.v3 v3.0.1
)

require (
	github.com/jpillora/backoff v1.0.0 // indirect
	go.uber.org/multierr v1.11.0 // indirect
	golang.ngrok.com/muxado/v2 v2.0.1 // indirect
	google.golang.org/protobuf v1.36.11 // indirect
)
