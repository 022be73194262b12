// Command environment prints what the client sees of an environment: `pnpm start`. Not a pattern; delete it when you
// copy the others.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	client "example.com/go-client"
)

func main() {
	settings := client.Settings{
		APIKey:   os.Getenv("WORKOS_API_KEY"),
		ClientID: os.Getenv("WORKOS_CLIENT_ID"),
		Endpoint: strings.TrimSuffix(os.Getenv("WORKOS_BASE_URL"), "/"),
	}
	if settings.APIKey == "" || settings.ClientID == "" {
		fail("WORKOS_API_KEY and WORKOS_CLIENT_ID must be set. At https://dashboard.workos.com the key is under API Keys, the client id under Applications → your application.")
	}
	client.Configure(settings)
	emails, err := client.ListEmails(context.Background(), "")
	if err != nil {
		fail(client.Explain(err))
	}
	names, err := client.ListOrganizationNames(context.Background())
	if err != nil {
		fail(client.Explain(err))
	}
	pending, err := client.BeginSignIn(settings, "http://localhost:8080/callback", "")
	if err != nil {
		fail(err.Error())
	}
	fmt.Println("People:       ", strings.Join(emails, ", "))
	fmt.Println("Organizations:", strings.Join(names, ", "))
	fmt.Println("Sign in:      ", pending.URL)
}

func fail(line string) {
	fmt.Fprintln(os.Stderr, line)
	os.Exit(1)
}
