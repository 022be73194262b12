package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/workos/workos-go/v6/pkg/organizations"
	"github.com/workos/workos-go/v6/pkg/sso"
	"github.com/workos/workos-go/v6/pkg/usermanagement"
	"github.com/workos/workos-go/v6/pkg/workos_errors"
)

const (
	callbackURL  = "http://localhost:8080/callback"
	authenticate = "POST /user_management/authenticate"
)

// go/per-package: a sign-in ends with the person, their organization and tokens.
func TestSignIn(t *testing.T) {
	m := newMock(t)
	pending := begin(t, "ada@acme.test")
	if strings.Contains(pending.URL, pending.CodeVerifier) || !strings.HasPrefix(pending.URL, m.url+"/user_management/authorize?") {
		t.Fatalf("URL %s", pending.URL)
	}
	session, err := FinishSignIn(context.Background(), settings(), pending, m.visit(pending.URL))
	if err != nil {
		t.Fatal(err)
	}
	if session.User.Email != "ada@acme.test" || session.OrganizationID != "org_acme" || session.AccessToken == "" || session.RefreshToken == "" {
		t.Errorf("session of %s in %s", session.User.Email, session.OrganizationID)
	}
}

// go/per-package: a code is worth nothing a second time, or without its verifier.
func TestCodeIsRefused(t *testing.T) {
	m := newMock(t)
	ctx := context.Background()
	pending := begin(t, "ada@acme.test")
	callback := m.visit(pending.URL)
	stolen := begin(t, "")
	stolen.State = pending.State
	if _, err := FinishSignIn(ctx, settings(), stolen, callback); !isExplained(err, "status=400 code=invalid_grant") {
		t.Errorf("another verifier: %s", Explain(err))
	}
	callback = m.visit(pending.URL)
	if _, err := FinishSignIn(ctx, settings(), pending, callback); err != nil {
		t.Fatal(err)
	}
	if _, err := FinishSignIn(ctx, settings(), pending, callback); !isExplained(err, "status=400 code=invalid_grant") {
		t.Errorf("a second time: %s", Explain(err))
	}
}

// go/per-package: a callback of another sign-in never reaches WorkOS.
func TestForeignCallback(t *testing.T) {
	m := newMock(t)
	pending := begin(t, "ada@acme.test")
	code := m.visit(pending.URL).Get("code")
	for _, state := range []string{begin(t, "").State, "", "é"} {
		callback := url.Values{"code": {code}, "state": {state}}
		if _, err := FinishSignIn(context.Background(), settings(), pending, callback); !errors.Is(err, ErrRefused) {
			t.Errorf("state %q: %v", state, err)
		}
	}
	// Of a browser that has begun no sign-in a session knows nothing.
	if _, err := FinishSignIn(context.Background(), settings(), PendingSignIn{}, url.Values{"code": {code}}); !errors.Is(err, ErrRefused) {
		t.Errorf("no sign-in: %v", err)
	}
	if statuses := m.statuses(authenticate); len(statuses) > 0 {
		t.Errorf("WorkOS was asked: %v", statuses)
	}
}

// go/per-package: somebody who is refused at the sign-in page does not become a session.
func TestCancelled(t *testing.T) {
	m := newMock(t)
	pending := begin(t, "nobody@acme.test")
	callback := m.visit(pending.URL)
	_, err := FinishSignIn(context.Background(), settings(), pending, callback)
	if want := callback.Get("error_description"); !errors.Is(err, ErrRefused) || want == "" || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("got %v, want one that ends in %q", err, want)
	}
	callback.Del("error_description")
	if _, err := FinishSignIn(context.Background(), settings(), pending, callback); !strings.HasSuffix(err.Error(), "access_denied") {
		t.Errorf("without a description: %v", err)
	}
}

// go/per-package: lists go over every page and can be narrowed to an organization.
func TestLists(t *testing.T) {
	m := newMock(t)
	ctx := context.Background()
	for number := range 101 {
		m.control("users/create", map[string]any{"email": fmt.Sprintf("person-%d@example.test", number)})
	}
	emails, err := ListEmails(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(emails) != 105 || emails[0] != "ada@acme.test" || emails[104] != "person-100@example.test" {
		t.Errorf("%d addresses, %s to %s", len(emails), emails[0], emails[len(emails)-1])
	}
	if statuses := m.statuses("GET /user_management/users"); !slices.Equal(statuses, []int{200, 200}) {
		t.Errorf("requests %v", statuses)
	}
	if emails, err := ListEmails(ctx, "org_globex"); err != nil || !slices.Equal(emails, []string{"grace@acme.test"}) {
		t.Errorf("Globex has %v, %v", emails, err)
	}
	if names, err := ListOrganizationNames(ctx); err != nil || !slices.Equal(names, []string{"Acme", "Globex"}) {
		t.Errorf("organizations %v, %v", names, err)
	}
}

// go/per-package: a person comes back from their identity provider with a profile, once.
func TestSSO(t *testing.T) {
	m := newMock(t)
	ctx := context.Background()
	pending, err := BeginSSO(callbackURL, "org_acme")
	if err != nil {
		t.Fatal(err)
	}
	callback := m.visit(pending.URL + "&login_hint=ada@acme.test")
	for _, other := range []PendingSignIn{begin(t, ""), {}} {
		if _, err := FinishSSO(ctx, other, callback); !errors.Is(err, ErrRefused) {
			t.Errorf("a callback of another sign-in: %v", err)
		}
	}
	profile, err := FinishSSO(ctx, pending, callback)
	if err != nil || profile.Email != "ada@acme.test" || profile.OrganizationID != "org_acme" || profile.ConnectionType != sso.OktaSAML {
		t.Errorf("profile %+v, %v", profile, err)
	}
	if _, err := FinishSSO(ctx, pending, callback); !isExplained(err, "status=400 code=invalid_grant") {
		t.Errorf("a second time: %s", Explain(err))
	}
}

// go/per-package: a profile of an identity provider that was not asked for is refused.
func TestForeignProfile(t *testing.T) {
	m := newMock(t)
	asked, err := BeginSSO(callbackURL, "org_globex")
	if err != nil {
		t.Fatal(err)
	}
	for _, pending := range []PendingSignIn{asked, begin(t, "")} {
		for _, other := range []string{"organization=org_acme", "connection=conn_acme", "provider=GoogleOAuth"} {
			// What the person makes of the URL in their own browser.
			query := url.Values{
				"client_id": {settings().ClientID}, "redirect_uri": {callbackURL}, "response_type": {"code"},
				"state": {pending.State}, "login_hint": {"grace@acme.test"},
			}
			callback := m.visit(m.url + "/sso/authorize?" + query.Encode() + "&" + other)
			if profile, err := FinishSSO(context.Background(), pending, callback); !errors.Is(err, ErrRefused) || profile.Email != "" {
				t.Errorf("%s instead of %q: %s, %v", other, pending.OrganizationID, profile.Email, err)
			}
		}
	}
	if statuses := m.statuses("POST /sso/token"); !slices.Equal(statuses, []int{200, 200, 200, 200, 200, 200}) {
		t.Errorf("the exchanges: %v", statuses)
	}
}

// go/per-package: an error has a status and a code; a step that is missing is a type of its own.
func TestErrors(t *testing.T) {
	m := newMock(t)
	ctx := context.Background()
	password := func(email, password string) error {
		_, err := usermanagement.AuthenticateWithPassword(ctx, usermanagement.AuthenticateWithPasswordOpts{
			ClientID: settings().ClientID, Email: email, Password: password,
		})
		return err
	}
	_, missing := organizations.GetOrganization(ctx, organizations.GetOrganizationOpts{Organization: "org_missing"})
	for want, err := range map[string]error{
		"status=404 code=entity_not_found":                missing,
		"status=400 code=invalid_credentials":             password("ada@acme.test", "hunter2"),
		"status=403 code=organization_selection_required": password("grace@acme.test", "password"),
	} {
		if !isExplained(err, want) {
			t.Errorf("got %s, want %s", Explain(err), want)
		}
	}

	var choose *workos_errors.OrganizationSelectionRequiredError
	if !errors.As(password("grace@acme.test", "password"), &choose) {
		t.Fatal("no choice of organizations")
	}
	session, err := usermanagement.AuthenticateWithOrganizationSelection(ctx, usermanagement.AuthenticateWithOrganizationSelectionOpts{
		ClientID:                   settings().ClientID,
		PendingAuthenticationToken: choose.PendingAuthenticationToken,
		OrganizationID:             "org_globex",
	})
	if err != nil || session.OrganizationID != "org_globex" {
		t.Errorf("organization %s, %v", session.OrganizationID, err)
	}

	m.control("faults/add", map[string]any{
		"endpoint": authenticate, "effect": map[string]any{"kind": "garble", "as": "truncated"},
	})
	if got := Explain(password("ada@acme.test", "password")); got != "no answer: unexpected EOF" {
		t.Errorf("half an answer: %s", got)
	}
}

// go/per-package: the line for the log has no token in it, the SDK's own text has one.
func TestExplainHasNoSecret(t *testing.T) {
	m := newMock(t)
	m.control("users/create", map[string]any{"email": "new@acme.test", "emailVerified": false})
	steps := map[string]map[string]any{
		"email_verification_required": nil,
		"mfa_enrollment":              {"code": "mfa_enrollment", "message": "Enroll.", "user": map[string]any{"id": "user_1"}},
		"mfa_challenge":               {"code": "mfa_challenge", "message": "Code?", "user": map[string]any{"id": "user_1"}},
		"sso_required":                {"error": "sso_required", "error_description": "Use SSO."},
		"organization_authentication_methods_required": {"error": "organization_authentication_methods_required", "error_description": "Use another."},
	}
	for code, body := range steps {
		if body != nil {
			body["pending_authentication_token"] = "pending_secret"
			m.control("faults/add", map[string]any{
				"endpoint": authenticate, "effect": map[string]any{"kind": "fail", "status": 403, "body": body},
			})
		}
		_, err := usermanagement.AuthenticateWithPassword(context.Background(), usermanagement.AuthenticateWithPasswordOpts{
			ClientID: settings().ClientID, Email: "new@acme.test", Password: "password",
		})
		if !isExplained(err, "status=403 code="+code) {
			t.Errorf("got %q for %s", Explain(err), code)
		}
		if code == "email_verification_required" && !strings.Contains(err.Error(), "pending_authentication_token") {
			t.Errorf("the SDK's text has no token any more: %v", err)
		}
	}
}

// go/per-package: v6 does not retry transient failures in these packages; the caller decides, and the next call succeeds.
func TestTransientFailures(t *testing.T) {
	failure := func(status int, body any) map[string]any {
		return map[string]any{"kind": "fail", "status": status, "body": body, "headers": map[string]any{"retry-after": "1"}}
	}
	calls := map[string]func() error{
		"GET /organizations":         func() error { _, err := ListOrganizationNames(context.Background()); return err },
		"GET /user_management/users": func() error { _, err := ListEmails(context.Background(), ""); return err },
	}
	for title, fault := range map[string]struct {
		effect map[string]any
		want   string
	}{
		"500 [fault/server-api]":                    {failure(500, map[string]any{"message": "No."}), "status=500"},
		"429 with Retry-After [fault/server-api]":   {failure(429, map[string]any{"message": "No."}), "status=429"},
		"an HTML 502 [fault/server-api]":            {failure(502, "<h1>Bad gateway</h1>"), "status=502"},
		"a cut connection [fault/server-api]":       {map[string]any{"kind": "drop", "after": false}, "no answer"},
		"half an answer [fault/server-api]":         {map[string]any{"kind": "garble", "as": "truncated"}, "no answer"},
		"HTML for an answer [fault/server-api]":     {map[string]any{"kind": "garble", "as": "html"}, "status=502"},
		"an answer without body [fault/server-api]": {map[string]any{"kind": "garble", "as": "empty"}, "no answer"},
	} {
		t.Run(title, func(t *testing.T) {
			m := newMock(t)
			for endpoint, call := range calls {
				m.control("faults/add", map[string]any{"endpoint": endpoint, "effect": fault.effect})
				// On a connection that was in use before, net/http itself tries a GET once more.
				http.DefaultClient.CloseIdleConnections()
				if err := call(); err == nil || !strings.HasPrefix(Explain(err), fault.want) {
					t.Errorf("%s: %v", endpoint, err)
				}
				if statuses := m.statuses(endpoint); len(statuses) != 1 {
					t.Errorf("%s was asked %d times", endpoint, len(statuses))
				}
				if err := call(); err != nil {
					t.Errorf("%s once it is over: %v", endpoint, err)
				}
			}
		})
	}
}

// go/per-package: a call ends with its context, however long WorkOS takes.
func TestSlowAnswer(t *testing.T) {
	t.Run("a deadline [fault/server-api]", func(t *testing.T) {
		m := newMock(t)
		m.control("faults/add", map[string]any{
			"endpoint": "GET /organizations", "effect": map[string]any{"kind": "delay", "milliseconds": 3000},
		})
		ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
		defer cancel()
		if _, err := ListOrganizationNames(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}

func begin(t *testing.T, loginHint string) PendingSignIn {
	t.Helper()
	pending, err := BeginSignIn(settings(), callbackURL, loginHint)
	if err != nil {
		t.Fatal(err)
	}
	return pending
}

// isExplained says whether the line for the log is this one with a request id, and nothing more.
func isExplained(err error, want string) bool {
	return regexp.MustCompile(`^` + want + ` request_id=[0-9a-f-]{36}$`).MatchString(Explain(err))
}
