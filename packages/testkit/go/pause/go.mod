// What holds a pod's namespaces while its containers come and go.
module chatwarden.io/testkit/pause

go 1.21
