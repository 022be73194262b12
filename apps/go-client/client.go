// go/per-package — https://workos.com/docs/sdks/go

// Package client shows sign-in, the API and its errors with workos-go v6, which has one package for each part of WorkOS
// and no client that holds them together.
package client

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"

	"github.com/workos/workos-go/v6/pkg/organizations"
	"github.com/workos/workos-go/v6/pkg/sso"
	"github.com/workos/workos-go/v6/pkg/usermanagement"
	"github.com/workos/workos-go/v6/pkg/workos_errors"
)

// Settings are what every package of the SDK is told.
type Settings struct {
	APIKey   string
	ClientID string
	// Endpoint is the API's address without a slash at its end; empty means WorkOS itself.
	Endpoint string
}

// Configure tells each package who this program is. Call it once, before the first request: the packages keep what they
// are told in globals, and sso reads its endpoint only once.
func Configure(settings Settings) {
	sso.Configure(settings.APIKey, settings.ClientID)
	usermanagement.SetAPIKey(settings.APIKey)
	organizations.SetAPIKey(settings.APIKey)
	if settings.Endpoint != "" {
		sso.DefaultClient.Endpoint = settings.Endpoint
		usermanagement.DefaultClient.Endpoint = settings.Endpoint
		organizations.DefaultClient.Endpoint = settings.Endpoint
	}
}

// PendingSignIn is a sign-in that has begun. Keep it in the person's session until the callback; never send it to the
// browser.
type PendingSignIn struct {
	URL          string
	State        string
	CodeVerifier string
	// OrganizationID is whose identity provider was asked for; empty with AuthKit.
	OrganizationID string
}

// ErrRefused is a callback that must not become a session.
var ErrRefused = errors.New("sign-in refused")

// BeginSignIn begins a sign-in with AuthKit: redirect the person to URL and keep the rest. v6 takes a PKCE challenge and
// makes none, so the verifier is made here. loginHint may be empty.
//
// See https://workos.com/docs/reference/authkit/authentication/get-authorization-url
func BeginSignIn(settings Settings, redirectURI, loginHint string) (PendingSignIn, error) {
	verifier, state := randomString(), randomString()
	challenge := sha256.Sum256([]byte(verifier))
	u, err := usermanagement.GetAuthorizationURL(usermanagement.GetAuthorizationURLOpts{
		ClientID:            settings.ClientID,
		RedirectURI:         redirectURI,
		Provider:            "authkit",
		State:               state,
		LoginHint:           loginHint,
		CodeChallenge:       base64.RawURLEncoding.EncodeToString(challenge[:]),
		CodeChallengeMethod: "S256",
	})
	if err != nil {
		return PendingSignIn{}, err
	}
	return PendingSignIn{URL: u.String(), State: state, CodeVerifier: verifier}, nil
}

// FinishSignIn exchanges the code that the callback brought. The error is ErrRefused when the person cancelled or the
// callback is not of this sign-in, and a workos_errors.HTTPError when WorkOS refuses the code.
func FinishSignIn(
	ctx context.Context, settings Settings, pending PendingSignIn, callback url.Values,
) (usermanagement.AuthenticateResponse, error) {
	code, err := codeOf(pending, callback)
	if err != nil {
		return usermanagement.AuthenticateResponse{}, err
	}
	return usermanagement.AuthenticateWithCode(ctx, usermanagement.AuthenticateWithCodeOpts{
		ClientID:     settings.ClientID,
		Code:         code,
		CodeVerifier: pending.CodeVerifier,
	})
}

// codeOf returns the code of a callback that belongs to pending, and ErrRefused for every other. A session without a
// sign-in that has begun gives an empty one: nothing belongs to that.
func codeOf(pending PendingSignIn, callback url.Values) (string, error) {
	// The state comes first: whoever cannot name it does not get to choose what is logged.
	isSame := subtle.ConstantTimeCompare([]byte(callback.Get("state")), []byte(pending.State)) == 1
	if pending.State == "" || !isSame {
		return "", fmt.Errorf("%w: the state is not of this sign-in", ErrRefused)
	}
	if callback.Has("error") {
		return "", fmt.Errorf("%w: %s", ErrRefused, cmp.Or(callback.Get("error_description"), callback.Get("error")))
	}
	if callback.Get("code") == "" {
		return "", fmt.Errorf("%w: there is no code", ErrRefused)
	}
	return callback.Get("code"), nil
}

// ListEmails lists everybody's address, oldest first, over as many pages as there are. organizationID may be empty.
func ListEmails(ctx context.Context, organizationID string) ([]string, error) {
	var emails []string
	for after := ""; ; {
		page, err := usermanagement.ListUsers(ctx, usermanagement.ListUsersOpts{
			OrganizationID: organizationID,
			Order:          usermanagement.Asc,
			Limit:          100,
			After:          after,
		})
		if err != nil {
			return nil, err
		}
		for _, user := range page.Data {
			emails = append(emails, user.Email)
		}
		if after = page.ListMetadata.After; after == "" {
			return emails, nil
		}
	}
}

// ListOrganizationNames lists the organizations, oldest first, over as many pages as there are.
func ListOrganizationNames(ctx context.Context) ([]string, error) {
	var names []string
	for after := ""; ; {
		page, err := organizations.ListOrganizations(ctx, organizations.ListOrganizationsOpts{
			Order: organizations.Asc,
			Limit: 100,
			After: after,
		})
		if err != nil {
			return nil, err
		}
		for _, organization := range page.Data {
			names = append(names, organization.Name)
		}
		if after = page.ListMetadata.After; after == "" {
			return names, nil
		}
	}
}

// BeginSSO begins a sign-in that goes straight to the identity provider of an organization: redirect the person to URL and
// keep the rest. v6 takes no PKCE challenge here, so there is no verifier.
//
// See https://workos.com/docs/reference/sso/get-authorization-url
func BeginSSO(redirectURI, organizationID string) (PendingSignIn, error) {
	state := randomString()
	u, err := sso.GetAuthorizationURL(sso.GetAuthorizationURLOpts{
		RedirectURI:  redirectURI,
		Organization: organizationID,
		State:        state,
	})
	if err != nil {
		return PendingSignIn{}, err
	}
	return PendingSignIn{URL: u.String(), State: state, OrganizationID: organizationID}, nil
}

// FinishSSO exchanges the code of an SSO callback for the profile that the identity provider sent. Whose account of yours
// that is, you decide: by ConnectionID and IdpID, never by the e-mail address alone. The errors are those of FinishSignIn;
// ErrRefused is also for a profile of another organization.
//
// See https://workos.com/docs/reference/sso/profile/get-profile-and-token
func FinishSSO(ctx context.Context, pending PendingSignIn, callback url.Values) (sso.Profile, error) {
	code, err := codeOf(pending, callback)
	if err != nil {
		return sso.Profile{}, err
	}
	answer, err := sso.GetProfileAndToken(ctx, sso.GetProfileAndTokenOpts{Code: code})
	if err != nil {
		return sso.Profile{}, err
	}
	// Nobody signs the URL: whoever begins for one organization can ask for another in it, whose identity provider says what
	// they like. Who begins with a connection or a provider keeps that, and compares ConnectionID or ConnectionType.
	if pending.OrganizationID == "" || answer.Profile.OrganizationID != pending.OrganizationID {
		return sso.Profile{}, fmt.Errorf("%w: the profile is of another organization", ErrRefused)
	}
	return answer.Profile, nil
}

// Explain says in one line, for the log, what went wrong. Do not log the error itself: its text has the pending
// authentication token in it, with which a sign-in can be completed.
func Explain(err error) string {
	refused, ok := httpError(err)
	if !ok {
		return fmt.Sprintf("no answer: %v", err)
	}
	return fmt.Sprintf("status=%d code=%s request_id=%s", refused.Code, refused.ErrorCode, refused.RequestID)
}

// httpError finds what WorkOS answered in an error: most refusals are an HTTPError, a value; each step that a sign-in may
// lack is a type of its own, a pointer.
func httpError(err error) (workos_errors.HTTPError, bool) {
	var refused workos_errors.HTTPError
	var verifyEmail *workos_errors.EmailVerificationRequiredError
	var enroll *workos_errors.MFAEnrollmentError
	var challenge *workos_errors.MFAChallengeError
	var choose *workos_errors.OrganizationSelectionRequiredError
	var useSSO *workos_errors.SSORequiredError
	var otherMethod *workos_errors.OrganizationAuthenticationMethodsRequiredError
	switch {
	case errors.As(err, &refused):
		return refused, true
	case errors.As(err, &verifyEmail):
		return verifyEmail.HTTPError, true
	case errors.As(err, &enroll):
		return enroll.HTTPError, true
	case errors.As(err, &challenge):
		return challenge.HTTPError, true
	case errors.As(err, &choose):
		return choose.HTTPError, true
	case errors.As(err, &useSSO):
		return useSSO.HTTPError, true
	case errors.As(err, &otherMethod):
		return otherMethod.HTTPError, true
	}
	return workos_errors.HTTPError{}, false
}

func randomString() string {
	random := make([]byte, 32)
	if _, err := rand.Read(random); err != nil {
		panic(err) // Without randomness there is no safe sign-in.
	}
	return base64.RawURLEncoding.EncodeToString(random)
}
