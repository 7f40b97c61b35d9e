// As `vitepress init` writes it.
import { defineConfig } from 'vitepress'

export default defineConfig({
  title: 'Blog',
  description: 'A blog',
  themeConfig: { nav: [{ text: 'Home', link: '/' }] }
})
