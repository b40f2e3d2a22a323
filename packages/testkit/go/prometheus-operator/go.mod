// Its release has the kinds PodMonitor and PrometheusRule as YAML; nothing of it is built.
module chatwarden.io/testkit/prometheus-operator

go 1.25.0

require github.com/prometheus-operator/prometheus-operator v0.85.0
