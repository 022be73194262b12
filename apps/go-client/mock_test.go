package client

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// mock is a running workos-mock, and what a test can do to it.
type mock struct {
	t   *testing.T
	url string
}

// mockURL is where the mock listens: one for the package, because the SDK keeps its settings in globals.
var mockURL string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		command := exec.Command(findCommand(), "--port", "0", "--json")
		command.Stderr = os.Stderr
		output, err := command.StdoutPipe()
		if err == nil {
			err = command.Start()
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "workos-mock does not start; run the tests with `pnpm test` or `npm test`:", err)
			return 1
		}
		defer func() {
			_ = command.Process.Signal(syscall.SIGTERM)
			_ = command.Wait()
		}()
		var ready struct{ URL string }
		line, err := bufio.NewReader(output).ReadBytes('\n')
		if err == nil {
			err = json.Unmarshal(line, &ready)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "workos-mock ended before it was ready:", err)
			return 1
		}
		mockURL = ready.URL
		Configure(settings())
		return m.Run()
	}())
}

func settings() Settings {
	return Settings{APIKey: "sk_test_default", ClientID: "client_mock", Endpoint: mockURL}
}

// newMock hands the mock to a test as it is after a start, and fails the test whose fault never struck.
func newMock(t *testing.T) *mock {
	t.Helper()
	m := &mock{t: t, url: mockURL}
	m.control("reset", nil)
	t.Cleanup(func() {
		problems := m.control("verify", nil)
		for kind, found := range problems {
			if list, ok := found.([]any); !ok || len(list) > 0 {
				t.Errorf("%s: %v", kind, found)
			}
		}
	})
	return m
}

// control runs one of the mock's operations, e.g. faults/add; the names are those of its control surface.
func (m *mock) control(operation string, fields map[string]any) map[string]any {
	m.t.Helper()
	if fields == nil {
		fields = map[string]any{}
	}
	body, err := json.Marshal(fields)
	if err != nil {
		m.t.Fatal(err)
	}
	response, err := http.Post(m.url+"/_mock/"+operation, "application/json", bytes.NewReader(body))
	if err != nil {
		m.t.Fatal(err)
	}
	defer response.Body.Close()
	var result map[string]any
	if err := json.NewDecoder(response.Body).Decode(&result); err != nil || response.StatusCode != http.StatusOK {
		m.t.Fatalf("%s: %d %v %v", operation, response.StatusCode, result, err)
	}
	return result
}

// statuses lists what the mock answered at an endpoint, oldest first.
func (m *mock) statuses(endpoint string) []int {
	m.t.Helper()
	statuses := []int{}
	requests, _ := m.control("requests/list", map[string]any{"endpoint": endpoint})["requests"].([]any)
	for _, request := range requests {
		status, _ := request.(map[string]any)["status"].(float64)
		statuses = append(statuses, int(status))
	}
	return statuses
}

// visit follows a sign-in URL as a browser does, up to the redirect to the app; it returns the query that this brings.
func (m *mock) visit(signInURL string) url.Values {
	m.t.Helper()
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := browser.Get(signInURL)
	if err != nil {
		m.t.Fatal(err)
	}
	defer response.Body.Close()
	location, err := response.Location()
	if err != nil {
		m.t.Fatalf("%d without a redirect: %v", response.StatusCode, err)
	}
	return location.Query()
}

// findCommand looks on the PATH, then where npm and pnpm put commands.
func findCommand() string {
	if path, err := exec.LookPath("workos-mock"); err == nil || errors.Is(err, exec.ErrDot) {
		return path
	}
	folder, _ := os.Getwd()
	for {
		path := filepath.Join(folder, "node_modules", ".bin", "workos-mock")
		if _, err := os.Stat(path); err == nil {
			return path
		}
		if parent := filepath.Dir(folder); parent != folder {
			folder = parent
			continue
		}
		return "workos-mock"
	}
}
