const login =
  /\/(login|logon|signin|sign-in|sign_in|auth|sso|oauth2?|authorize|accounts?)(\.(jspx?|jsf|xhtml|html?|php|aspx?|do|action|cgi)\b|[/?;]|$)/i;

/** Whether a Location leads to a login page, as its last word says, with or without the type of a file or a session behind it. */
export const isLoginPage = (location: string): boolean => login.test(location);
