// Checks the simulator with ngrok's own client for Go, unchanged: see clients_test.go.
module clinicnet.dev/clinic-operator/dev/clients

go 1.26.0

require github.com/ngrok/ngrok-api-go/v9 v9.0.0
