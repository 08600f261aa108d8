/** Texts in Chinese: signing in and out. */

export const zhAccess = {
  "signIn.title": "登录 Muster",
  "signIn.name": "用户名",
  "signIn.password": "密码",
  "signIn.submit": "登录",
  "signIn.wrong": "用户名或密码不正确。",
  "signIn.wait_other": "尝试次数过多，请在 {{count}} 分钟后重试。",
  "signIn.noAnswer": "Muster 没有响应，请检查网络后重试。",
  "signIn.failed": "登录失败（{{code}}）。",
  "signIn.link": "也可打开 Muster 启动时打印的登录链接。管理员用以下命令创建账户：",
  "signOut.button": "退出登录",
} as const;
