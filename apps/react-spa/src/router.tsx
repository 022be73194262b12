// react/protected-routes — https://workos.com/docs/sdks/authkit-react#useauth
import { Route, Routes } from 'react-router';
import { Layout } from './demo';
import { Callback } from './patterns/callback';
import { RequireUser } from './patterns/protected-routes';
import { SignInEndpoint } from './patterns/sign-in-endpoint';
import { AccessTokenPage } from './routes/access-token';
import { AccountPage } from './routes/account';
import { AuthorizationPage } from './routes/authorization';
import { ClaimsPage } from './routes/claims';
import { HomePage } from './routes/home';
import { LogoutPage } from './routes/logout';
import { NotFoundPage } from './routes/not-found';
import { OrganizationsPage } from './routes/organizations';
import { ProviderPage } from './routes/provider';
import { SignInEndpointPage } from './routes/sign-in-endpoint';
import { StatePage } from './routes/state';
import { TokenRefreshPage } from './routes/token-refresh';
import { UrlHelpersPage } from './routes/url-helpers';
import { UseAuthPage } from './routes/use-auth';

/** All addresses of the app. What needs a person is inside `RequireUser`; a page outside it is for everybody. */
export function AppRoutes() {
  return (
    <Routes>
      <Route element={<Layout />}>
        <Route index element={<HomePage />} />
        <Route path="login" element={<SignInEndpoint />} />
        <Route path="callback" element={<Callback />} />
        <Route path="logout" element={<LogoutPage />} />
        <Route path="provider" element={<ProviderPage />} />
        <Route path="use-auth" element={<UseAuthPage />} />
        <Route path="sign-in-endpoint" element={<SignInEndpointPage />} />
        <Route path="state" element={<StatePage />} />
        <Route path="url-helpers" element={<UrlHelpersPage />} />
        <Route path="access-token" element={<AccessTokenPage />} />
        <Route element={<RequireUser />}>
          <Route path="account" element={<AccountPage />} />
          <Route path="authorization" element={<AuthorizationPage />} />
          <Route path="switch-to-organization" element={<OrganizationsPage />} />
          <Route path="get-claims" element={<ClaimsPage />} />
          <Route path="token-refresh" element={<TokenRefreshPage />} />
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}
