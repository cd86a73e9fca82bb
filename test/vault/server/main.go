// A real Vault in memory, for test/vault: HashiCorp's own core, HTTP API, KV engine and AppRole, without what else its binary holds.
// It prints its address and serves, sealed and empty, until its standard input ends; the test does the rest by HTTP.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/hashicorp/go-hclog"
	kv "github.com/hashicorp/vault-plugin-secrets-kv"
	"github.com/hashicorp/vault/builtin/credential/approle"
	"github.com/hashicorp/vault/helper/testhelpers/corehelpers"
	vaulthttp "github.com/hashicorp/vault/http"
	"github.com/hashicorp/vault/internalshared/configutil"
	"github.com/hashicorp/vault/sdk/logical"
	"github.com/hashicorp/vault/sdk/physical/inmem"
	"github.com/hashicorp/vault/vault"
)

func main() {
	logger := hclog.New(&hclog.LoggerOptions{Output: os.Stderr, Level: hclog.Error})
	storage, err := inmem.NewInmem(nil, logger)
	check(err)
	core, err := vault.NewCore(&vault.CoreConfig{
		Physical:           storage,
		LogicalBackends:    map[string]logical.Factory{"kv": kv.Factory},
		CredentialBackends: map[string]logical.Factory{"approle": approle.Factory},
		BuiltinRegistry:    corehelpers.NewMockBuiltinRegistry(),
		DisableMlock:       true,
		Logger:             logger,
	})
	check(err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go func() {
		io.Copy(io.Discard, os.Stdin) // whoever started it has gone
		os.Exit(0)
	}()
	fmt.Printf("http://%s\n", listener.Addr())
	handler := vaulthttp.Handler.Handler(&vault.HandlerProperties{Core: core, ListenerConfig: &configutil.Listener{}})
	check(http.Serve(listener, handler))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
