// vitepress.dev/guide/data-loading#createcontentloader
import { createContentLoader } from 'vitepress'

export default createContentLoader('posts/*.md', {
  transform: (posts) => posts.toSorted((a, b) => +new Date(b.frontmatter.date ?? 0) - +new Date(a.frontmatter.date ?? 0))
})
