import { defineCollection, z } from "astro:content";
import { glob } from "astro/loaders";

// As in Astro's blog template, but for what a moved post may lack.
const blog = defineCollection({
  loader: glob({ base: "./src/content/blog", pattern: "**/*.md" }),
  schema: z.object({
    title: z.string().optional(),
    description: z.string().optional(),
    pubDate: z.coerce.date().optional(),
    updatedDate: z.coerce.date().optional(),
    heroImage: z.string().optional(),
    lang: z.string().optional(),
  }),
});

export const collections = { blog };
